package io.checkoutmetrics.embedded;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker and a registry: the same for all tests of a class in a static field, else others for each test. */
public final class BrokerAndRegistry
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final Map<String, String> brokerProperties;
    private @Nullable Sandbox sandbox;
    private boolean isForOneTest;

    public BrokerAndRegistry() {
        this(Map.of());
    }

    private BrokerAndRegistry(Map<String, String> brokerProperties) {
        this.brokerProperties = brokerProperties;
    }

    /** Topics that are created by themselves have so many partitions. */
    public static BrokerAndRegistry withPartitions(int partitions) {
        return new BrokerAndRegistry(Map.of("num.partitions", Integer.toString(partitions)));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        sandbox = Sandbox.start(brokerProperties);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (sandbox == null) {
            isForOneTest = true;
            sandbox = Sandbox.start(brokerProperties);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (isForOneTest) {
            sandbox().close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private Sandbox sandbox() {
        return Objects.requireNonNull(sandbox);
    }

    /** As {@code bootstrap.servers} takes them. */
    public String brokers() {
        return sandbox().bootstrapServers();
    }

    public String registryUrl() {
        return sandbox().registryUrl();
    }

    /** Of a job that uses both, has a folder of theirs for its state, and creates the topics that it misses. */
    public Map<String, String> settings() {
        return sandbox().settings();
    }
}
