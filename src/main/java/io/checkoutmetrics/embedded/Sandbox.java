package io.checkoutmetrics.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A broker, a registry and a folder for state, made for one command and gone with it. */
public final class Sandbox implements Closeable {
    private final TemporaryFolder folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;

    private Sandbox(TemporaryFolder folder, Map<String, String> brokerProperties) throws IOException {
        this.folder = folder;
        kafka = EmbeddedKafka.start(folder.path().resolve("kafka"), 0, brokerProperties);
        try {
            registry = EmbeddedRegistry.start();
        } catch (IOException e) {
            kafka.close();
            throw e;
        }
    }

    /** Starts everything on free ports of 127.0.0.1, in a new folder for temporary files. */
    public static Sandbox start() throws IOException {
        return start(Map.of());
    }

    /** @param brokerProperties of Kafka's, besides what makes a broker small */
    static Sandbox start(Map<String, String> brokerProperties) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("checkout-metrics-");
        try {
            return new Sandbox(folder, brokerProperties);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Settings, by name, that connect a job to this and keep its state in here. */
    public Map<String, String> settings() {
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", registry.url(),
                "state.dir", folder.path().resolve("state").toString(),
                "state.dir.temporary", "true",
                "topics.create", "true");
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** A folder for temporary files. */
    public Path folder() {
        return folder.path();
    }

    @Override
    public void close() throws IOException {
        registry.close();
        kafka.close();
        folder.close();
    }
}
