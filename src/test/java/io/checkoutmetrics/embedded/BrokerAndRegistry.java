package io.checkoutmetrics.embedded;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker and a registry for all tests of a class, from before the first until after the last. */
public final class BrokerAndRegistry implements BeforeAllCallback, AfterAllCallback {
    private @Nullable TemporaryFolder folder;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedRegistry registry;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        TemporaryFolder made = TemporaryFolder.create("broker-and-registry-");
        folder = made;
        kafka = EmbeddedKafka.start(made.path().resolve("kafka"));
        registry = EmbeddedRegistry.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (registry != null) {
            registry.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (folder != null) {
            folder.close();
        }
    }

    /** As {@code bootstrap.servers} takes them. */
    public String brokers() {
        return Objects.requireNonNull(kafka).bootstrapServers();
    }

    public String registryUrl() {
        return Objects.requireNonNull(registry).url();
    }
}
