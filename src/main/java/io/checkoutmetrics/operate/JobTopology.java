package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.stream.CheckoutTopology;
import io.checkoutmetrics.stream.DeadLetterShare;
import io.checkoutmetrics.stream.FiniteInput;
import io.checkoutmetrics.stream.JobParts;
import io.checkoutmetrics.stream.Outcomes;
import io.checkoutmetrics.stream.Progress;
import io.checkoutmetrics.stream.WriterSchemas;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The topology as Kafka Streams describes it, with what follows from it: stores and internal topics.
 *
 * @param stores names of those that hold state, in alphabetical order
 * @param repartitioned names of the topics between the stages, without the prefix that Kafka Streams gives them
 */
record JobTopology(TopologyDescription description, Set<String> stores, Set<String> repartitioned) {
    private static final Map<String, String> NO_REGISTRY = Map.of("schema.registry.url", "http://never-asked.invalid");

    /** Asks neither Kafka nor a registry. */
    static JobTopology of(Settings settings) {
        TopologyDescription description = describe(settings);
        Set<String> stores = new TreeSet<>();
        Set<String> written = new TreeSet<>();
        Set<String> readAgain = new TreeSet<>();
        for (TopologyDescription.Subtopology part : description.subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    processor.stores().stream()
                            .filter(CheckoutTopology::isLogged)
                            .forEach(stores::add);
                } else if (node instanceof TopologyDescription.Sink sink) {
                    written.add(sink.topic());
                } else if (node instanceof TopologyDescription.Source source) {
                    readAgain.addAll(source.topicSet());
                }
            }
        }
        readAgain.retainAll(written);
        return new JobTopology(description, stores, readAgain);
    }

    /** The topology is built and never run, so its parts are never used: one input partition is as good as any. */
    private static TopologyDescription describe(Settings settings) {
        try (WriterSchemas schemas = new WriterSchemas(RegistryClient.of(NO_REGISTRY))) {
            JobParts neverUsed = new JobParts(
                    schemas,
                    new FiniteInput(settings.topics().input(), Map.of()),
                    new Outcomes(),
                    DeadLetterShare.unlimited(),
                    new Progress(),
                    () -> (topic, value) -> {
                        throw new SerializationException("this topology is only described");
                    },
                    partition -> {},
                    () -> {});
            return CheckoutTopology.build(settings, 1, neverUsed).describe();
        }
    }
}
