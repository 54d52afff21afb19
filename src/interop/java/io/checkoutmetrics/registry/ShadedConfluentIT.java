package io.checkoutmetrics.registry;

import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Confluent's own serializers and ours, through the embedded registry. */
class ShadedConfluentIT extends ShadedConfluentContract {
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = EmbeddedRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    String registryUrl() {
        return registry.url();
    }
}
