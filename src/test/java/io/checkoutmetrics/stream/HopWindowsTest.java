package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our complete windows are HOP windows: those of streaming SQL, in Flink's definition, and those that Kafka's own DSL
 * counts.
 *
 * <p>We publish a series only where something has changed. So what is known of the window that ends at {@code end} is
 * what the newest record as of {@code end} or before says; and where the count is another than one slide before, there
 * is a record as of {@code end} that says that its window is complete.
 *
 * <p>All hits come within {@code watermark.delay}. One that comes later is in the records from then on, not in those
 * that were published before, while the DSL still adds it to windows long past.
 */
class HopWindowsTest {
    @TempDir
    Path folder;

    /** Which window of which series: the key of what is counted. */
    record Hop(Series series, long startMs) {}

    @ParameterizedTest(name = "{1}, seed {0}, early {2}")
    @CsvSource(delimiterString = " ", textBlock = """
            1 1m/1s,5m/5s 250ms
            2 1m/1s,5m/5s off
            3 1m/1s,5m/5s,1h/1m 1s
            4 1m/1s,1h/1m off
            5 10s/5s,1m/1m 250ms
            6 10s/5s,1m/1m off
            7 5s/5s,1m/10s,10m/1m 250ms
            8 5s/5s,1m/10s,10m/1m off
            9 1s/1s,2s/1s,3s/1s 250ms
            10 7s/1s,20s/4s,90s/30s 250ms
            11 1m/1s 100ms
            12 1h/1m,2h/1h 250ms
            """)
    void completeWindows_areFlinksAndThoseOfKafkasDsl(int seed, String windows, String early) {
        List<Window> sizes = windows(windows);
        RandomCheckouts story = new RandomCheckouts(seed, sizes);
        try (Timeline shop = Timeline.of(
                        "windows=" + windows, "publish.early=" + early, "dimensions=country", RandomCheckouts.DELAY);
                DslHopWindows dsl = new DslHopWindows(sizes, folder)) {
            story.tell(shop, dsl);
            for (int i = 0; i < sizes.size(); i++) {
                Map<Hop, Long> flink = flink(story.checkouts(), sizes.get(i));
                Map<Hop, Long> ours = ours(shop, story, sizes.get(i), i);
                assertThat(flink.size()).isGreaterThan(10);
                assertThat(differences(flink, dsl.counts(sizes.get(i))))
                        .as("the DSL's %s", sizes.get(i))
                        .isEmpty();
                assertThat(differences(flink, ours)).as("our %s", sizes.get(i)).isEmpty();
                assertAlsoWhileFilling(shop, story, sizes.get(i), i, flink);
            }
        }
    }

    @Test
    void checkout_isInEveryWindowThatHoldsIt_andInNoOther() {
        Series eu = Series.total("eu");
        long time = Timeline.time("10:00:30").toEpochMilli();

        Map<Hop, Long> windows = flink(List.of(new RandomCheckouts.Counted(eu, time)), new Window(60_000, 30_000));

        assertThat(windows).containsOnly(Map.entry(new Hop(eu, time), 1L), Map.entry(new Hop(eu, time - 30_000), 1L));
    }

    private static List<Window> windows(String text) {
        List<Window> windows = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            String[] lengths = one.split("/", -1);
            windows.add(new Window(millis(lengths[0]), millis(lengths[1])));
        }
        return windows;
    }

    private static long millis(String length) {
        return Duration.parse("PT" + length).toMillis();
    }

    /** As in {@code SlidingEventTimeWindows} of Flink, written out. */
    private static Map<Hop, Long> flink(List<RandomCheckouts.Counted> checkouts, Window window) {
        long slide = window.slideMs();
        Map<Hop, Long> counts = new HashMap<>();
        for (RandomCheckouts.Counted checkout : checkouts) {
            long time = checkout.timeMs();
            long lastStart = time - ((time % slide) + slide) % slide;
            for (long start = lastStart; start > time - window.sizeMs(); start -= slide) {
                counts.merge(new Hop(checkout.series(), start), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** What our records say of every window that has ended, where it is more than zero. */
    private static Map<Hop, Long> ours(Timeline shop, RandomCheckouts story, Window window, int index) {
        Map<Hop, Long> counts = new HashMap<>();
        for (Series series : story.series()) {
            List<CheckoutMetrics> records = history(shop, series);
            int next = 0;
            long before = 0;
            for (long end = ceil(story.beginMs(), window); end <= story.completeUpToMs(); end += window.slideMs()) {
                while (next < records.size() && asOf(records.get(next)) <= end) {
                    next++;
                }
                long count = next == 0
                        ? 0
                        : records.get(next - 1).getWindows().get(index).getCheckouts();
                if (count != before) {
                    assertThat(asOf(records.get(next - 1)))
                            .as("a record of %s as of the end of what changed", series)
                            .isEqualTo(end);
                }
                if (count > 0) {
                    counts.put(new Hop(series, end - window.sizeMs()), count);
                }
                before = count;
            }
        }
        return counts;
    }

    private static List<CheckoutMetrics> history(Timeline shop, Series series) {
        return series.isTotal()
                ? shop.history(series.reportSuite())
                : shop.history(series.reportSuite(), series.dimension(), series.item());
    }

    /** Bounds are those of the window whose last slide holds asOf; while it fills, it has no more than in the end. */
    private static void assertAlsoWhileFilling(
            Timeline shop, RandomCheckouts story, Window window, int index, Map<Hop, Long> atTheEnd) {
        for (Series series : story.series()) {
            for (CheckoutMetrics record : history(shop, series)) {
                WindowMetrics filling = record.getWindows().get(index);
                long end = ceil(asOf(record), window);
                Hop hop = new Hop(series, end - window.sizeMs());
                boolean complete = asOf(record) == end;
                assertThat(filling.getEnd().toEpochMilli())
                        .as("end in %s", record)
                        .isEqualTo(end);
                assertThat(filling.getStart().toEpochMilli())
                        .as("start in %s", record)
                        .isEqualTo(hop.startMs());
                assertThat(filling.getComplete()).as("complete in %s", record).isEqualTo(complete);
                assertThat(filling.getCheckouts())
                        .as("checkouts in %s", record)
                        .isLessThanOrEqualTo(atTheEnd.getOrDefault(hop, 0L));
                assertThat(record.getStatus()).isNotEqualTo(Status.CORRECTED);
            }
        }
    }

    private static long ceil(long timeMs, Window window) {
        return -Math.floorDiv(-timeMs, window.slideMs()) * window.slideMs();
    }

    private static long asOf(CheckoutMetrics record) {
        return record.getAsOf().toEpochMilli();
    }

    private static List<String> differences(Map<Hop, Long> expected, Map<Hop, Long> actual) {
        TreeSet<String> differences = new TreeSet<>();
        expected.forEach((hop, count) -> {
            if (!count.equals(actual.get(hop))) {
                differences.add(hop + ": expected " + count + " but was " + actual.get(hop));
            }
        });
        actual.keySet().stream()
                .filter(hop -> !expected.containsKey(hop))
                .forEach(hop -> differences.add("too many: " + hop));
        return List.copyOf(differences);
    }
}
