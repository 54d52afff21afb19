package io.checkoutmetrics.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.metric.MetricJson;
import io.checkoutmetrics.oracle.Accounts;
import io.checkoutmetrics.oracle.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds everything that a run has published to what the oracle says. */
final class SimulatedRunAudit {
    private static final List<Outcome> DEAD_LETTERS = List.of(
            Outcome.UNREADABLE,
            Outcome.INVALID_EVENT_VALUE,
            Outcome.BAD_TIMESTAMP,
            Outcome.FUTURE_TIMESTAMP,
            Outcome.LATE);

    private final SimulatedTimeline timeline;
    private final SimulatedRun run;
    private final RollingAudit rolling;
    private final List<ObjectNode> finals = new ArrayList<>();
    private final List<String> finalLines = new ArrayList<>();

    SimulatedRunAudit(SimulatedTimeline timeline, RollingRecount recount, SimulatedRun run) {
        this.timeline = timeline;
        this.run = run;
        rolling = new RollingAudit(timeline, recount, run.isNeverAhead() ? watermarksMs() : null);
        for (SimulatedPartition<Published> partition : run.cluster().published()) {
            partition.readable().forEach(this::take);
        }
        rolling.endsAsOf(run.completeToMs());
        Collections.sort(finalLines);
    }

    private Set<Long> watermarksMs() {
        Set<Long> times = new TreeSet<>();
        for (SimulatedPartition.Entry<byte[]> entry :
                run.cluster().counts().get(0).readable()) {
            if (InternalSerdes.toRoll().deserializer().deserialize("counts", entry.value())
                    instanceof SourceWatermark watermark) {
                times.add(watermark.watermark().timeMs());
            }
        }
        return times;
    }

    private void take(SimulatedPartition.Entry<Published> entry) {
        if (entry.value() instanceof Published.Rolling published) {
            rolling.take(entry.key(), published.metrics());
        } else if (entry.value() instanceof Published.Final published) {
            ObjectNode json = MetricJson.object(published.interval());
            finals.add(json);
            finalLines.add(new String(entry.key(), StandardCharsets.UTF_8) + " " + json);
        }
    }

    /** Key and value of every final, sorted: the same bytes in every run. */
    List<String> finalLines() {
        return finalLines;
    }

    /**
     * Sentences; none when all is right.
     *
     * @param rightLines finals that are known to be right, if any: the same bytes need no comparison
     */
    List<String> differences(List<String> rightLines) {
        List<String> differences = new ArrayList<>();
        if (!finalLines.equals(rightLines)) {
            differences.addAll(
                    timeline.summedUp().compareUnordered(timeline.expected().intervals(), finals));
            if (!rightLines.isEmpty()) {
                differences.add("finals are other bytes than in the run before");
            }
        }
        differences.addAll(rolling.differences());
        long letters = run.cluster().deadLetters().stream()
                .mapToLong(partition -> partition.readable().size())
                .sum();
        long refused = DEAD_LETTERS.stream()
                .mapToLong(outcome -> timeline.expected().outcomes().get(outcome))
                .sum();
        if (letters != refused) {
            differences.add("dead letters: expected " + refused + " but was " + letters);
        }
        if (run.crashes() == 0) {
            differences.addAll(Accounts.outcomes(
                    timeline.expected(), counters(run.cluster().outcomes().snapshot())));
        }
        return differences;
    }

    private static ObjectNode counters(Map<String, Long> outcomes) {
        ObjectNode counters = JsonNodeFactory.instance.objectNode();
        outcomes.forEach(counters::put);
        return counters;
    }
}
