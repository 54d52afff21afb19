package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What the chart of a report suite is drawn in: one value for each step, which is as wide as the narrowest interval whose
 * finals are published, so that finals can take the place of what was known before. At the end of each step stands how
 * much the window of that size, or else the shortest one, rolled over then, as a count in one step.
 *
 * @param stepMs width of a step, aligned to the epoch
 * @param steps how many are kept
 * @param source which of the windows in a record, by position, tells what is live; empty: none does
 * @param sourceMs size of that window
 * @param gapMs two live records of a report suite that are further apart leave what is between them unknown
 */
record ChartScale(long stepMs, int steps, OptionalInt source, long sourceMs, long gapMs) {
    private static final long AN_HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long LENGTH_MS = 6 * AN_HOUR_MS;
    private static final int FEWEST_STEPS = 72;
    private static final int MOST_STEPS = 2_160;

    static ChartScale of(Settings settings) {
        Settings.Rolling rolling = settings.rolling();
        long stepMs = rolling.intervals().stream()
                .mapToLong(interval -> interval.tileMs())
                .min()
                .orElseThrow();
        int steps = (int) Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, LENGTH_MS / stepMs));
        OptionalInt source = IntStream.range(0, rolling.windows().size())
                .boxed()
                .min(Comparator.comparing(
                                (Integer i) -> rolling.windows().get(i).sizeMs() != stepMs)
                        .thenComparing(i -> rolling.windows().get(i).sizeMs()))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        long sourceMs =
                source.isPresent() ? rolling.windows().get(source.getAsInt()).sizeMs() : stepMs;
        long slideMs =
                rolling.windows().stream().mapToLong(Window::slideMs).min().orElse(0);
        return new ChartScale(
                stepMs,
                steps,
                source,
                sourceMs,
                2 * settings.pace().publishAlive().toMillis() + slideMs);
    }

    long lengthMs() {
        return stepMs * steps;
    }

    /** The first end of a step at or after that time. */
    long ceil(long timeMs) {
        return floor(timeMs + stepMs - 1);
    }

    long floor(long timeMs) {
        return timeMs - Math.floorMod(timeMs, stepMs);
    }

    /** Checkouts and hits of a live record, as counts in one step; null where its windows are others. */
    History.@org.jspecify.annotations.Nullable Value valueOf(CheckoutMetrics total) {
        if (source.isEmpty() || source.getAsInt() >= total.getWindows().size()) {
            return null;
        }
        WindowMetrics window = total.getWindows().get(source.getAsInt());
        if (Duration.between(window.getStart(), window.getEnd()).toMillis() != sourceMs) {
            return null;
        }
        Long hits = window.getHits();
        double perStep = (double) stepMs / sourceMs;
        return new History.Value(window.getCheckouts() * perStep, (hits == null ? 0 : hits) * perStep);
    }
}
