package io.checkoutmetrics.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 24h}, {@code 90d}, or ISO-8601 {@code
 * PT5S}.
 */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Reads a duration of whole milliseconds, zero to a hundred years.
     *
     * @throws IllegalArgumentException with a message that shows the forms
     */
    public static Duration parse(String text) {
        Duration duration;
        try {
            duration = parseEither(text.trim());
        } catch (ArithmeticException | DateTimeParseException e) {
            throw unreadable(text);
        }
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0 || duration.toNanosPart() % 1_000_000 != 0) {
            throw unreadable(text);
        }
        return duration;
    }

    /** As people write it: in the largest unit that it is a whole number of. */
    static String text(Duration duration) {
        return UNITS.entrySet().stream()
                .filter(unit -> duration.toMillis() % unit.getValue().toMillis() == 0)
                .max(Map.Entry.comparingByValue())
                .filter(unit -> !duration.isZero())
                .map(unit -> duration.toMillis() / unit.getValue().toMillis() + unit.getKey())
                .orElse("0s");
    }

    private static Duration parseEither(String text) {
        Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
        return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no duration. Write 250ms, 5s, 10m, 24h, 90d or ISO-8601 such as PT5S.");
    }
}
