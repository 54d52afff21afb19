package io.checkoutmetrics.bench.subject;

import java.util.HashMap;
import java.util.Map;

/**
 * What a subject is to do.
 *
 * @param subject its name
 * @param run names this run and nothing else: consumer group, prefix of topics, folder of state
 * @param topic of the hits
 * @param truthFile what the counts have to be; empty where the hits are still to come
 * @param endOffsets of every partition, the offset after its last record; empty where the hits are still to come
 * @param stateFolder for this run alone
 * @param settings of the subject
 */
public record Assignment(
        String subject,
        String run,
        String bootstrapServers,
        String registryUrl,
        String topic,
        String truthFile,
        Map<Integer, Long> endOffsets,
        String stateFolder,
        Map<String, String> settings) {
    /** A setting, or its default. */
    String setting(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    Assignment with(String setting, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(setting, value);
        return new Assignment(
                subject, run, bootstrapServers, registryUrl, topic, truthFile, endOffsets, stateFolder, more);
    }

    long hits() {
        return endOffsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Name of a topic that belongs to this run. */
    public String topicOfRun(String name) {
        return run + "-" + name;
    }
}
