package io.checkoutmetrics.config;

import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Windows as people write them: {@code 5m/5s} is 5 minutes long and slides by 5 seconds. */
final class WindowText {
    static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final List<Duration> UNITS =
            List.of(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1));

    private WindowText() {}

    /** @throws IllegalArgumentException with a message that says what to write instead */
    static Window parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" has no slide. Write size/slide, such as 5m/5s.");
        }
        Duration size = parseWidth("size", text.substring(0, slash));
        Duration slide = parseWidth("slide", text.substring(slash + 1));
        if (size.toMillis() % slide.toMillis() != 0) {
            throw new IllegalArgumentException("slide " + slide + " does not divide size " + size + ". Try "
                    + String.join(" or ", divisorsNear(size, slide)) + ".");
        }
        return Window.ofSizeAndSlide(size, slide);
    }

    /** @throws IllegalArgumentException when it is no duration or out of bounds */
    static Duration parseWidth(String what, String text) {
        Duration width = Durations.parse(text);
        if (width.compareTo(SHORTEST) < 0 || width.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " " + width + " is out of bounds. Use " + SHORTEST + " to " + LONGEST + ".");
        }
        return width;
    }

    /** The slides next to the one given that do divide the size, in whole units where both are in whole units. */
    private static List<String> divisorsNear(Duration size, Duration slide) {
        long unitMs = UNITS.stream()
                .mapToLong(Duration::toMillis)
                .filter(unit -> size.toMillis() % unit == 0 && slide.toMillis() % unit == 0)
                .findFirst()
                .orElse(1);
        long units = size.toMillis() / unitMs;
        TreeSet<Duration> divisors = new TreeSet<>();
        for (long n = 1; n * n <= units; n++) {
            if (units % n == 0) {
                divisors.add(Duration.ofMillis(n * unitMs));
                divisors.add(Duration.ofMillis(units / n * unitMs));
            }
        }
        NavigableSet<Duration> allowed = divisors.tailSet(SHORTEST, true);
        return Stream.of(Optional.ofNullable(allowed.lower(slide)), Optional.ofNullable(allowed.higher(slide)))
                .flatMap(Optional::stream)
                .map(Duration::toString)
                .toList();
    }
}
