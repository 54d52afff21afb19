package io.checkoutmetrics.operate;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of Kafka's metrics those that an operator looks at: of every thread, and few of every partition. All of them would be
 * 3,000 for four partitions, most of each store of each task. What is new with every start of the process is taken out of
 * their tags, so that Prometheus does not keep a new set for each.
 */
final class KafkaMeterFilter implements MeterFilter {
    private static final String KAFKA = "kafka.";
    private static final List<String> WANTED = List.of(
            "kafka.stream.thread.",
            "kafka.stream.state.updater.",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.client.state",
            "kafka.stream.task.dropped.records.total",
            "kafka.consumer.coordinator.",
            "kafka.consumer.fetch.manager.fetch.",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.request.latency.",
            "kafka.producer.txn.");

    /** {@code checkout-metrics-5eb58059-…-StreamThread-1-consumer}: what is after the process's own name. */
    private static final Pattern THREAD = Pattern.compile(".*-((?:StreamThread|StateUpdater|GlobalStreamThread)-.*)");

    private static final List<String> OF_THE_PROCESS = List.of("client.id", "thread.id", "process.id");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName();
        boolean isWanted = !name.startsWith(KAFKA) || WANTED.stream().anyMatch(name::startsWith);
        return isWanted ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    /** Keeps as many tags as there were: the binder goes by their number. */
    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith(KAFKA)
                ? id.replaceTags(
                        id.getTags().stream().map(KafkaMeterFilter::lasting).toList())
                : id;
    }

    private static Tag lasting(Tag tag) {
        if (!OF_THE_PROCESS.contains(tag.getKey())) {
            return tag;
        }
        Matcher thread = THREAD.matcher(tag.getValue());
        return Tag.of(tag.getKey(), thread.matches() ? thread.group(1) : "this");
    }
}
