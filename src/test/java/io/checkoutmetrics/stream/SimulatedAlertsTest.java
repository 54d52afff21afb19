package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.MetricJson;
import io.checkoutmetrics.oracle.Arrival;
import io.checkoutmetrics.oracle.JsonLines;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same hits raise the same alerts, to the byte, however many partitions they come through, at any speed, as they happen
 * or long after, with crashes and restarts at any point.
 */
class SimulatedAlertsTest {
    private static final int RUNS = Integer.getInteger("alerts.runs", 4);
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final int SECONDS = 2_340;

    @TempDir
    static Path folder;

    @Test
    void anyInterleaving_atAnySpeed_withRestartsAnywhere_raisesTheSameAlerts() throws IOException {
        try (TimelineHits bytes = new TimelineHits(folder)) {
            SimulatedTimeline timeline = timeline(bytes);
            List<String> first = List.of();
            int crashes = 0;
            for (int seed = 1; seed <= RUNS; seed++) {
                SimulatedRun run = new SimulatedRun(timeline, bytes.schemas(), seed, seed % 2 == 0);
                run.go();
                List<String> alerts = alerts(run, timeline.lastReceivedMs());
                crashes += run.crashes();
                if (seed == 1) {
                    first = alerts;
                    assertThat(first).anyMatch(one -> one.contains("NO_CHECKOUTS"));
                    assertThat(first).anyMatch(one -> one.contains("RECOVERED"));
                }
                assertThat(alerts).as(run.toString()).isEqualTo(first);
            }
            assertThat(crashes).isPositive();
        }
    }

    /** Two shops; one has three minutes without checkouts. Some checkouts come late, some twice. */
    private static SimulatedTimeline timeline(TimelineHits bytes) {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        for (int second = 0; second < SECONDS; second += 3) {
            Instant at = START.plusSeconds(second).plusMillis(random.nextInt(3_000));
            boolean isOut = second > 2_040 && second < 2_220;
            for (String shop : second % 15 == 0 ? List.of("eu", "us") : List.of("eu")) {
                boolean isCheckout = random.nextInt(9) > 0 && !(isOut && shop.equals("eu"));
                Instant happened = random.nextInt(20) == 0 ? at.minusSeconds(random.nextInt(500)) : at;
                lines.add(
                        "{\"reportSuite\":\"%s\",\"events\":\"%s\",\"time\":\"%s\",\"receivedTime\":\"%s\",\"hitId\":\"h%d%s\"}"
                                .formatted(
                                        shop,
                                        isCheckout ? "scCheckout" : "",
                                        happened,
                                        at,
                                        second - 3 * random.nextInt(2),
                                        shop));
            }
        }
        Map<String, String> assignments = Map.of(
                "alerts",
                "true",
                "alerts.false-alarms",
                "100",
                "dimensions",
                "",
                "windows",
                "1m/1s",
                "publish.early",
                "off");
        SettingsSource source = new SettingsSource();
        assignments.forEach(source::set);
        Rules rules = Rules.of(Map.of("dimensions", ""));
        List<Arrival> arrivals = JsonLines.hits(lines);
        return new SimulatedTimeline(
                0,
                assignments,
                source.read(),
                bytes.of(lines),
                arrivals,
                Recount.finals(arrivals, rules),
                Recount.counted(arrivals, rules));
    }

    private static List<String> alerts(SimulatedRun run, long upToMs) {
        List<String> alerts = new ArrayList<>();
        for (SimulatedPartition<Published> partition : run.cluster().published()) {
            for (SimulatedPartition.Entry<Published> entry : partition.readable()) {
                if (entry.value() instanceof Published.Alert published
                        && published.alert() != null
                        && published.alert().getAsOf().toEpochMilli() <= upToMs - 2_000) {
                    alerts.add(published.alert().getAsOf()
                            + new String(entry.key(), StandardCharsets.UTF_8)
                            + MetricJson.line(published.alert()));
                }
            }
        }
        alerts.sort(null);
        return alerts;
    }
}
