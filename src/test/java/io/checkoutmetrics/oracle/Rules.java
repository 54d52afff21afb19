package io.checkoutmetrics.oracle;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that decide what is counted, under the names that the job's configuration gives them.
 *
 * @param checkoutEvents names of the events that qualify
 * @param maxIncrement largest value of a qualifying item
 * @param dimensions names as configured: a field of the hit, or {@code dimensions.<name>} for an entry of its map
 * @param intervals lengths of the final intervals; whole days are calendar days, any other is aligned to the epoch
 * @param intervalsZone whose calendar days
 * @param grace how long after it happened a checkout is still taken
 * @param maxFuture how far a client's clock may be ahead of the time received
 * @param dedupMode the mode of report suites without one of their own
 * @param dedupModes modes by report suite
 * @param watermarkDelay how far the record times of a partition may go back
 * @param visitors whether visitors and visits are counted
 * @param cartValue whether prices are added up
 * @param itemsMax items per report suite and dimension beyond which the job sums up; see {@link SummedUp}
 */
public record Rules(
        Set<String> checkoutEvents,
        long maxIncrement,
        List<String> dimensions,
        List<Duration> intervals,
        ZoneId intervalsZone,
        Duration grace,
        Duration maxFuture,
        DedupMode dedupMode,
        Map<String, DedupMode> dedupModes,
        Duration eventIdRetention,
        Duration hitIdRetention,
        Duration visitRetention,
        Duration watermarkDelay,
        boolean visitors,
        boolean cartValue,
        int itemsMax) {

    private static final String MODE_OF_SUITE = "dedup.mode.";
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("checkout.events", "scCheckout"),
            Map.entry("checkout.max-increment", "1000000"),
            Map.entry("dimensions", "country,campaign"),
            Map.entry("intervals", "1m"),
            Map.entry("intervals.zone", "UTC"),
            Map.entry("grace", "10m"),
            Map.entry("time.max-future", "5m"),
            Map.entry("dedup.mode", "event-id"),
            Map.entry("dedup.event-id.retention", "90d"),
            Map.entry("dedup.hit-id.retention", "1h"),
            Map.entry("dedup.visit.retention", "1d"),
            Map.entry("watermark.delay", "200ms"),
            Map.entry("visitors", "false"),
            Map.entry("cart.value", "false"),
            Map.entry("items.max", "10000"));

    public static Rules defaults() {
        return of(Map.of());
    }

    /**
     * The defaults, some of them replaced: {@code Rules.of(Map.of("grace", "30s", "dedup.mode.eu-shop", "visit"))}.
     *
     * @throws IllegalArgumentException for a name that no rule has, or a value that it cannot have
     */
    public static Rules of(Map<String, String> replacements) {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        Map<String, DedupMode> modes = new LinkedHashMap<>();
        replacements.forEach((name, value) -> {
            if (name.startsWith(MODE_OF_SUITE)) {
                modes.put(name.substring(MODE_OF_SUITE.length()), DedupMode.of(value));
            } else if (all.put(name, value) == null) {
                throw new IllegalArgumentException(name + " is no rule. Rules are: " + DEFAULTS.keySet());
            }
        });
        return new Rules(
                new LinkedHashSet<>(list(all, "checkout.events")),
                Long.parseLong(text(all, "checkout.max-increment")),
                list(all, "dimensions"),
                list(all, "intervals").stream().map(Rules::duration).toList(),
                zone(text(all, "intervals.zone")),
                duration(text(all, "grace")),
                duration(text(all, "time.max-future")),
                DedupMode.of(text(all, "dedup.mode")),
                modes,
                duration(text(all, "dedup.event-id.retention")),
                duration(text(all, "dedup.hit-id.retention")),
                duration(text(all, "dedup.visit.retention")),
                duration(text(all, "watermark.delay")),
                Boolean.parseBoolean(text(all, "visitors")),
                Boolean.parseBoolean(text(all, "cart.value")),
                Integer.parseInt(text(all, "items.max")));
    }

    DedupMode dedupModeOf(String reportSuite) {
        return dedupModes.getOrDefault(reportSuite, dedupMode);
    }

    private static String text(Map<String, String> settings, String name) {
        return Objects.requireNonNull(settings.get(name), name).trim();
    }

    private static List<String> list(Map<String, String> settings, String name) {
        return Arrays.stream(text(settings, name).split(",", -1))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(text + " is no time zone. Try Europe/Paris.", e);
        }
    }

    private static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text + " is no duration. Try 200ms, 5s, 10m, 1h or 90d.");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
