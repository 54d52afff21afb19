package io.checkoutmetrics.terminal;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers in few columns, never more than said here. */
final class Numbers {
    private static final long MILLION = 1_000_000;

    private Numbers() {}

    /** Seven columns at most: {@code 987,654}, {@code 1.23M}, {@code 45.6G}. */
    static String count(long count) {
        if (Math.abs(count) < MILLION) {
            return String.format(Locale.ROOT, "%,d", count);
        }
        String[] units = {"M", "G", "T", "P", "E"};
        double rest = count / (double) MILLION;
        int unit = 0;
        for (; Math.abs(rest) >= 999.5 && unit < units.length - 1; unit++) {
            rest /= 1_000;
        }
        int decimals = Math.abs(rest) < 10 ? 2 : Math.abs(rest) < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", rest) + units[unit];
    }

    /**
     * Against the window before, five columns at most: {@code +20%}, {@code 0%}, {@code -100%}, {@code >999%}, {@code
     * new}.
     */
    static String change(long now, long before) {
        if (before == 0) {
            return now == 0 ? "0%" : "new";
        }
        long percent = Math.round(100.0 * (now - before) / before);
        return percent > 999 ? ">999%" : percent > 0 ? "+" + percent + "%" : percent + "%";
    }

    /** Checkouts per 1,000 hits, seven columns at most: {@code 9.97}, {@code 12.5}, {@code 130}, {@code -} without hits. */
    static String perThousand(long checkouts, @Nullable Long hits) {
        if (hits == null || hits <= 0) {
            return "-";
        }
        double rate = 1_000.0 * checkouts / hits;
        if (rate >= 99.95) {
            return count(Math.round(rate));
        }
        return String.format(Locale.ROOT, rate >= 9.995 ? "%.1f" : "%.2f", rate);
    }

    /** Four columns at most: {@code 34%}, {@code <1%}. */
    static String share(long part, long whole) {
        if (whole <= 0) {
            return "-";
        }
        long percent = Math.min(100, Math.round(100.0 * part / whole));
        return percent == 0 && part > 0 ? "<1%" : percent + "%";
    }

    /** Whole seconds, minutes, hours or days, four columns at most; less than nothing is nothing. */
    static String ago(@Nullable Duration duration) {
        if (duration == null) {
            return "-";
        }
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 100) {
            return seconds + "s";
        }
        if (seconds < 100 * 60) {
            return seconds / 60 + "m";
        }
        if (seconds < 100 * 3_600) {
            return seconds / 3_600 + "h";
        }
        return Math.min(999, seconds / 86_400) + "d";
    }

    /** As {@link #ago}, with tenths below ten seconds. */
    static String age(Duration duration) {
        long ms = Math.max(0, duration.toMillis());
        return ms < 9_950 ? String.format(Locale.ROOT, "%.1fs", ms / 1_000.0) : ago(duration);
    }

    /** {@code PT1H30M} as {@code 1h30m}, {@code PT24H} as {@code 24h}, {@code PT168H} as {@code 7d}. */
    static String size(Duration size) {
        long hours = size.toHours();
        if (hours > 24 && size.equals(Duration.ofDays(size.toDays()))) {
            return size.toDays() + "d";
        }
        return size.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
