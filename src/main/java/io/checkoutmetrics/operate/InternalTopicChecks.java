package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.CheckoutTopology;
import io.checkoutmetrics.stream.IncompatibleStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** Whether the topics that Kafka Streams made for the job are as it made them: they hold what was counted. */
final class InternalTopicChecks {
    private static final String SUBJECT = "internal topics";
    private static final String FOR_EVER = "-1";
    private static final String ANEW = "Start anew under another application.id, with output topics of its own.";

    private final Settings settings;
    private final List<String> repartitioned;
    private final List<String> changelogs;
    private final List<String> ofCounts;
    private final List<String> dispensable;

    InternalTopicChecks(Settings settings) {
        this.settings = settings;
        JobTopology topology = JobTopology.of(settings);
        String prefix = settings.applicationId() + "-";
        repartitioned =
                topology.repartitioned().stream().map(topic -> prefix + topic).toList();
        changelogs = topology.stores().stream()
                .map(store -> changelog(prefix, store))
                .toList();
        ofCounts = topology.stores().stream()
                .filter(CheckoutTopology::holdsCounts)
                .map(store -> changelog(prefix, store))
                .toList();
        dispensable = topology.stores().stream()
                .filter(CheckoutTopology::isDispensable)
                .map(store -> changelog(prefix, store))
                .toList();
    }

    private static String changelog(String prefix, String store) {
        return prefix + store + "-changelog";
    }

    /** The changelogs that tell of hits that were counted. */
    List<String> ofCounts() {
        return ofCounts;
    }

    List<String> names() {
        return Stream.concat(repartitioned.stream(), changelogs.stream()).toList();
    }

    /**
     * @param partitions of the input topic
     * @param hasBegun whether the job has committed anything yet
     */
    List<Finding> of(TopicState.Answer topics, int partitions, boolean hasBegun) {
        List<Finding> findings = new ArrayList<>();
        List<String> missing = names().stream()
                .filter(name ->
                        !topics.found().containsKey(name) && !topics.refused().containsKey(name))
                .toList();
        List<String> missed =
                missing.stream().filter(name -> !dispensable.contains(name)).toList();
        if (hasBegun && !missed.isEmpty()) {
            findings.add(Finding.problem(
                    SUBJECT,
                    String.join(", ", missed) + (missed.size() == 1 ? " is" : " are")
                            + " gone, and what was counted with it.",
                    ANEW));
        }
        topics.found().values().stream()
                .filter(topic -> names().contains(topic.name()))
                .forEach(topic -> cleanup(topic, findings));
        topics.found().values().stream()
                .filter(topic -> names().contains(topic.name()))
                .filter(topic -> partitions > 0 && topic.partitions() != partitions)
                .findFirst()
                .map(topic -> IncompatibleStateException.partitionsChanged(topic.partitions(), partitions))
                .ifPresent(changed -> findings.add(Finding.problem(SUBJECT, String.valueOf(changed.getMessage()), "")));
        if (findings.isEmpty()) {
            int found = names().size() - missing.size();
            findings.add(Finding.ok(
                    SUBJECT,
                    found == 0 ? "none yet: the job makes them when it first starts" : found + " as they should be"));
        }
        return findings;
    }

    private void cleanup(TopicState topic, List<Finding> findings) {
        if (topic.configs().isEmpty()) {
            return;
        }
        boolean isChangelog = changelogs.contains(topic.name());
        boolean isCompacted = TopicChecks.cleanup(topic).contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        boolean isDeleted = TopicChecks.cleanup(topic).contains(TopicConfig.CLEANUP_POLICY_DELETE);
        if (isChangelog && isCompacted && isDeleted) {
            findings.add(Finding.problem(
                    SUBJECT,
                    topic.name() + " has to be compacted alone, and deletes besides: what was counted is forgotten with"
                            + " time, and counts twice.",
                    mended(topic, TopicConfig.CLEANUP_POLICY_COMPACT)));
        }
        if (isChangelog && !isCompacted) {
            findings.add(Finding.problem(
                    SUBJECT,
                    topic.name() + " has to be compacted, and is not: what was counted is deleted with time.",
                    mended(topic, TopicConfig.CLEANUP_POLICY_COMPACT)));
        }
        if (!isChangelog && isCompacted) {
            findings.add(Finding.problem(
                    SUBJECT,
                    topic.name() + " must not be compacted: of all checkouts of one key it keeps the last.",
                    mended(topic, TopicConfig.CLEANUP_POLICY_DELETE)));
        }
        if (!isChangelog) {
            retention(topic, TopicConfig.RETENTION_MS_CONFIG, " ms", findings);
            retention(topic, TopicConfig.RETENTION_BYTES_CONFIG, " bytes", findings);
        }
    }

    private void retention(TopicState topic, String config, String unit, List<Finding> findings) {
        String kept = topic.config(config);
        if (!kept.isEmpty() && !kept.equals(FOR_EVER)) {
            findings.add(Finding.problem(
                    SUBJECT,
                    topic.name() + " keeps records for " + kept + unit
                            + " only: what waits between the stages while the"
                            + " job is stopped is deleted. The job itself deletes what it has taken.",
                    TopicChecks.changeOf(settings, topic.name(), config, FOR_EVER)));
        }
    }

    private String mended(TopicState topic, String policy) {
        return TopicChecks.changeOf(settings, topic.name(), TopicConfig.CLEANUP_POLICY_CONFIG, policy);
    }
}
