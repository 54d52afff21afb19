package io.checkoutmetrics.stream;

import io.checkoutmetrics.registry.RegistryClient;
import java.util.Map;

/** Parts for stages that are tested alone and ask none of them for anything: an input without hits and no registry. */
final class TestParts {
    private TestParts() {}

    static JobParts unused() {
        WriterSchemas schemas =
                new WriterSchemas(RegistryClient.of(Map.of("schema.registry.url", "http://localhost:1")));
        return new JobParts(
                schemas,
                new FiniteInput("hits", Map.of()),
                new Outcomes(),
                DeadLetterShare.unlimited(),
                new Progress(),
                () -> (topic, value) -> new byte[0],
                partition -> {},
                () -> {});
    }
}
