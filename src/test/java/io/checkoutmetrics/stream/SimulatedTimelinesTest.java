package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same hits give the same finals, to the byte, however many partitions they come through, in any order among these,
 * at any speed, as they happen or long after, with crashes and restarts at any point; and these finals are the oracle's.
 * Every timeline is run twice: once as history, once as it happens. All is drawn from the timeline's seed.
 *
 * <pre>{@code
 * mvn -q test -Dtest=SimulatedTimelinesTest -Dtimelines=20000 -Dtimelines.seed=1
 * }</pre>
 */
class SimulatedTimelinesTest {
    private static final int TIMELINES = Integer.getInteger("timelines", 2_000);
    private static final long FIRST_SEED = Long.getLong("timelines.seed", 1);

    private static final int MOST_TOLD = 6;

    @TempDir
    static Path folder;

    private long runs;
    private long crashes;
    private long hits;
    private long finals;

    @Test
    void anyInterleaving_atAnySpeed_withRestartsAnywhere_publishesTheSameFinals() throws IOException {
        try (TimelineHits bytes = new TimelineHits(folder)) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + TIMELINES; seed++) {
                List<String> differences = differences(seed, bytes);
                if (!differences.isEmpty()) {
                    fail(again(seed) + "\n" + String.join("\n", differences));
                }
            }
        }
        System.out.printf(
                "%,d timelines, %,d runs, %,d crashes, %,d hits, %,d finals, 0 differences%n",
                TIMELINES, runs, crashes, hits, finals);
        assertThat(finals).isPositive();
    }

    private List<String> differences(long seed, TimelineHits bytes) {
        SimulatedTimeline timeline = SimulatedTimeline.of(seed, bytes);
        RollingRecount recount = new RollingRecount(timeline);
        Random random = new Random(~seed);
        List<String> finalLines = List.of();
        for (boolean live : new boolean[] {false, true}) {
            SimulatedRun run = new SimulatedRun(timeline, bytes.schemas(), random.nextLong(), live);
            SimulatedRunAudit audit = audit(run, timeline, recount);
            List<String> differences = audit.differences(finalLines);
            if (!differences.isEmpty()) {
                differences.add(0, run + ":");
                return differences.subList(0, Math.min(MOST_TOLD, differences.size()));
            }
            finals += audit.finalLines().size();
            finalLines = isTheSameInEveryRun(timeline) ? audit.finalLines() : List.of();
            runs++;
            crashes += run.crashes();
            hits += timeline.hits().size();
        }
        return List.of();
    }

    /** Which items are summed up depends on how checkouts are spread over the shards. */
    private static boolean isTheSameInEveryRun(SimulatedTimeline timeline) {
        return timeline.summedUp().dimensions().isEmpty();
    }

    private static SimulatedRunAudit audit(SimulatedRun run, SimulatedTimeline timeline, RollingRecount recount) {
        try {
            run.go();
            return new SimulatedRunAudit(timeline, recount, run);
        } catch (RuntimeException e) {
            throw new AssertionError(run + " failed. " + again(timeline.seed()), e);
        }
    }

    private static String again(long seed) {
        return "Again: mvn -q test -Dtest=SimulatedTimelinesTest -Dtimelines=1 -Dtimelines.seed=" + seed;
    }
}
