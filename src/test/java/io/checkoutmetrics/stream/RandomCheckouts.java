package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Some made-up minutes of checkouts and page views in two shops, told to the job and to Kafka's DSL: brisk,
 * slow, with page views alone, and with nothing at all, until the last checkout has left every window. Records are out
 * of order as far as {@code watermark.delay} allows; clients' times are as old as the slice allows.
 */
final class RandomCheckouts {
    static final String DELAY = "watermark.delay=2s";

    private static final int DELAY_MS = 2_000;
    private static final int PHASES = 14;
    private static final String NO_COUNTRY = "(none)";

    private final Random random;
    private final long longestMs;
    private final List<Counted> checkouts = new ArrayList<>();
    private final Set<Series> series = new LinkedHashSet<>();
    private final long beginMs = Timeline.time("10:00:00").toEpochMilli();
    private long nowMs = beginMs;

    /** A checkout in one of the series that it counts for. */
    record Counted(Series series, long timeMs) {}

    RandomCheckouts(int seed, List<Window> windows) {
        random = new Random(seed);
        longestMs = windows.stream().mapToLong(Window::sizeMs).max().orElseThrow();
    }

    List<Counted> checkouts() {
        return checkouts;
    }

    Set<Series> series() {
        return series;
    }

    long beginMs() {
        return beginMs;
    }

    /** After the story, nothing can come any more that happened before this. */
    long completeUpToMs() {
        return nowMs - DELAY_MS;
    }

    void tell(Timeline shop, DslHopWindows dsl) {
        for (int phase = 0; phase < PHASES; phase++) {
            switch (random.nextInt(5)) {
                case 0 -> hits(shop, dsl, 40, 50, 80);
                case 1 -> hits(shop, dsl, 20, 3_000, 60);
                case 2 -> hits(shop, dsl, 10, 6_000, 30);
                case 3 -> hits(shop, dsl, 30, 3_000, 0);
                default -> silence(shop);
            }
        }
        shop.pageView("us");
        shop.inputFallsSilent();
        pass(shop, longestMs + DELAY_MS);
        shop.pageView("eu");
    }

    /** So many hits, of which some are checkouts, and between any two at most so much time. */
    private void hits(Timeline shop, DslHopWindows dsl, int number, int mostApartMs, int percentOfCheckouts) {
        for (int i = 0; i < number; i++) {
            pass(shop, random.nextInt(mostApartMs));
            hit(shop, dsl, random.nextInt(100) < percentOfCheckouts);
        }
    }

    private void hit(Timeline shop, DslHopWindows dsl, boolean checkout) {
        String suite = random.nextInt(3) == 0 ? "us" : "eu";
        String country = List.of("fr", "de", "jp", NO_COUNTRY).get(random.nextInt(4));
        String events = checkout ? "scCheckout" : "";
        long receivedMs = Math.max(beginMs, nowMs - random.nextInt(DELAY_MS + 1));
        boolean ownTime = random.nextBoolean();
        long timeMs = ownTime ? receivedMs - random.nextInt((int) (receivedMs % 1_000) + 1) : receivedMs;
        Hit hit = Hit.newBuilder()
                .setReportSuite(suite)
                .setEvents(events)
                .setCountry(country.equals(NO_COUNTRY) ? null : country)
                .setTime(ownTime ? Instant.ofEpochMilli(timeMs) : null)
                .build();
        shop.bytesDated(shop.bytesOf(hit), receivedMs);
        dsl.hit(suite, country, events, timeMs);
        if (checkout) {
            for (Series one : List.of(Series.total(suite), new Series(suite, "country", country))) {
                series.add(one);
                checkouts.add(new Counted(one, timeMs));
            }
        }
    }

    private void silence(Timeline shop) {
        shop.inputFallsSilent();
        pass(shop, random.nextInt(120_000));
    }

    private void pass(Timeline shop, long millis) {
        nowMs += millis;
        shop.at(Instant.ofEpochMilli(nowMs).toString().replace(Timeline.DAY, "").replace("Z", ""));
    }
}
