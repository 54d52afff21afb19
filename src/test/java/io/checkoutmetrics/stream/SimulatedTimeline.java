package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.oracle.Arrival;
import io.checkoutmetrics.oracle.JsonLines;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import io.checkoutmetrics.oracle.SummedUp;
import io.checkoutmetrics.oracle.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Hits in the order received, the settings to count them by, and what the oracle says must come out. The same for the
 * same seed.
 *
 * @param arrivals the hits as the oracle sees them, all of one partition: none of its rules looks at it
 */
record SimulatedTimeline(
        long seed,
        Map<String, String> assignments,
        Settings settings,
        List<TimelineHits.Received> hits,
        List<Arrival> arrivals,
        Recount.Finals expected,
        List<Recount.Counted> counted) {

    /** Settings, and values of which one is drawn; nothing: the default. */
    private static final Map<String, List<String>> CHOICES = new TreeMap<>(Map.ofEntries(
            Map.entry("windows", List.of("", "1m/1s", "1m/1s,5m/5s", "2m/10s,10m/1m", "1m/1m")),
            Map.entry("intervals", List.of("", "", "1m,1h", "2m,3m", "1m,1h,1d")),
            Map.entry("intervals.zone", List.of("", "Pacific/Honolulu", "Asia/Kathmandu")),
            Map.entry("grace", List.of("", "", "1m", "30m")),
            Map.entry("items.max", List.of("", "", "1", "3")),
            Map.entry(
                    "dimensions",
                    List.of(
                            "",
                            "",
                            "none",
                            "country,dimensions.eVar5",
                            "product",
                            "category,country,product",
                            "currency,product")),
            Map.entry("input.condense", List.of("", "", "false")),
            Map.entry("publish.early", List.of("", "off", "1s")),
            Map.entry("visitors", List.of("true", "true", "true", "")),
            Map.entry("watermark.delay", List.of("", "", "0ms", "3s")),
            Map.entry("dedup.mode", List.of("", "", "visit", "always")),
            Map.entry("dedup.mode.us-shop", List.of("", "", "visit", "always")),
            Map.entry("dedup.mode.eu-shop", List.of("", "", "event-id", "always")),
            Map.entry("dedup.event-id.retention", List.of("", "", "10m")),
            Map.entry("dedup.visit.retention", List.of("", "", "5m")),
            Map.entry("dedup.hit-id.retention", List.of("", "", "2m"))));

    private static final List<String> NO_RULES = List.of("windows", "publish.early", "input.condense");
    private static final byte[] NO_HIT = {9};

    static SimulatedTimeline of(long seed, TimelineHits bytes) {
        Random random = new Random(seed);
        Map<String, String> assignments = draw(random);
        SettingsSource source = new SettingsSource();
        assignments.forEach(source::set);
        Map<String, String> ruling = new TreeMap<>(assignments);
        ruling.keySet().removeAll(NO_RULES);
        Rules rules = Rules.of(ruling);

        List<String> lines = Timelines.hits(seed, 20 + random.nextInt(random.nextInt(10) == 0 ? 180 : 40));
        List<TimelineHits.Received> hits = new ArrayList<>(bytes.of(lines));
        List<Arrival> arrivals = new ArrayList<>(JsonLines.hits(lines));
        for (int broken = random.nextInt(4); broken > 0; broken--) {
            breakIn(random.nextInt(hits.size()), hits, arrivals);
        }
        List<Arrival> numbered = numbered(arrivals);
        return new SimulatedTimeline(
                seed,
                assignments,
                source.read(),
                hits,
                numbered,
                Recount.finals(numbered, rules),
                Recount.counted(numbered, rules));
    }

    private static Map<String, String> draw(Random random) {
        Map<String, String> drawn = new TreeMap<>();
        CHOICES.forEach((name, values) -> {
            String value = values.get(random.nextInt(values.size()));
            if (!value.isEmpty()) {
                drawn.put(name, value.equals("none") ? "" : value);
            }
        });
        if (drawn.getOrDefault("dimensions", "").contains("currency")) {
            drawn.put("cart.value", "true");
        }
        return drawn;
    }

    /** After a hit comes something that is none. */
    private static void breakIn(int index, List<TimelineHits.Received> hits, List<Arrival> arrivals) {
        long receivedMs = hits.get(index).receivedMs();
        hits.add(index + 1, new TimelineHits.Received(NO_HIT, receivedMs));
        arrivals.add(index + 1, Arrival.unreadable(0, 0, receivedMs, "bad_frame"));
    }

    private static List<Arrival> numbered(List<Arrival> arrivals) {
        List<Arrival> numbered = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            numbered.add(new Arrival(0, numbered.size(), arrival.recordTimeMs(), arrival.hit(), arrival.unreadable()));
        }
        return List.copyOf(numbered);
    }

    /** What of it only sums tell. */
    SummedUp summedUp() {
        return new SummedUp(expected.intervals(), settings.itemsMax());
    }

    long firstReceivedMs() {
        return hits.get(0).receivedMs();
    }

    long lastReceivedMs() {
        return hits.get(hits.size() - 1).receivedMs();
    }
}
