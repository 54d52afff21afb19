package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same hits give the same finals, to the byte, however many partitions they come through, in any order among these,
 * at any speed, as they happen or long after, with crashes and restarts at any point; and these finals are the oracle's.
 *
 * <pre>{@code
 * mvn -q test -Dtest=SimulatedTimelinesTest -Dtimelines=20000 -Dtimelines.seed=1
 * }</pre>
 */
class SimulatedTimelinesTest {
    private static final int TIMELINES = Integer.getInteger("timelines", 500);
    private static final long FIRST_SEED = Long.getLong("timelines.seed", 1);

    private static final int MOST_TOLD = 5;

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
                    fail("timeline " + seed + " differs. Again: mvn -q test -Dtest=SimulatedTimelinesTest -Dtimelines=1"
                            + " -Dtimelines.seed=" + seed + "\n" + String.join("\n", differences));
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
        List<String> differences = new ArrayList<>();
        List<String> first = null;
        for (boolean live : new boolean[] {false, true}) {
            SimulatedRun run = new SimulatedRun(timeline, bytes.schemas(), random.nextLong(), live);
            run.go();
            SimulatedRunAudit audit = new SimulatedRunAudit(timeline, recount, run);
            List<String> found = audit.differences();
            if (first != null && !first.equals(audit.finalLines())) {
                found.add("finals are other bytes than in the run before");
            }
            first = audit.finalLines();
            if (!found.isEmpty()) {
                differences.add(run + ":");
                found.stream().limit(MOST_TOLD).forEach(differences::add);
            }
            runs++;
            crashes += run.crashes();
            hits += timeline.hits().size();
            finals += first.size();
        }
        return differences;
    }
}
