package io.checkoutmetrics.subscriber;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is checkout alive? What the newest record of a report suite's total says of it, in a word. It is no alarm and knows no
 * baseline; it only keeps from calling out what may well be chance:
 *
 * <ul>
 *   <li>{@link #NOT_KNOWN}: the record says {@code STALLED}, or it is too old to tell of now.
 *   <li>{@link #NO_CHECKOUTS}: since the last checkout so many hits came that, going by the checkouts per hit in the
 *       longest window, {@value #EXPECTED_CHECKOUTS} checkouts would have been expected; or none came for a day, with hits,
 *       where there were some before. It stays until the next checkout. A small shop at night has few hits, and so may be
 *       without checkouts for hours.
 *   <li>{@link #NO_TRAFFIC}: a window has no hit at all, where a tenth of the longest window's mean would have made {@value
 *       #EXPECTED_HITS}; or there was none for a day. It stays until the next hit. A tenth: nights are calmer than the mean.
 *   <li>{@link #QUIET}: no checkout for an hour, or in the shortest window if that is longer, and too little expected to say
 *       more.
 *   <li>{@link #ALIVE}: everything else.
 * </ul>
 *
 * <p>Where alerts are published, and know what is usual, they decide on {@link #NO_CHECKOUTS} and {@link #NO_TRAFFIC}, and add
 * {@link #DROP} and {@link #SPIKE}.
 */
public enum Verdict {
    ALIVE,
    QUIET,
    NO_CHECKOUTS,
    NO_TRAFFIC,
    DROP,
    SPIKE,
    NOT_KNOWN;

    private static final int EXPECTED_CHECKOUTS = 10;
    private static final int EXPECTED_HITS = 10;
    private static final double OF_THE_MEAN_AT_NIGHT = 0.1;
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration A_DAY = Duration.ofDays(1);

    /**
     * @param total the newest record of the report suite's total
     * @param outdatedAfter how old it may be
     * @param before what was said of the report suite last; {@link #NOT_KNOWN} at first
     * @param lastCheckoutBefore whether the newest checkout is still the one it was then
     */
    public static Verdict of(
            CheckoutMetrics total, Instant now, Duration outdatedAfter, Verdict before, boolean lastCheckoutBefore) {
        List<WindowMetrics> windows = total.getWindows().stream()
                .sorted(Comparator.comparing(Verdict::size))
                .toList();
        if (total.getStatus() == Status.STALLED
                || windows.isEmpty()
                || Duration.between(total.getAsOf(), now).compareTo(outdatedAfter) > 0) {
            return NOT_KNOWN;
        }
        WindowMetrics longest = windows.get(windows.size() - 1);
        if (isWithoutTraffic(windows, longest) || before == NO_TRAFFIC && hits(windows.get(0)) == 0) {
            return NO_TRAFFIC;
        }
        if (isWithoutCheckouts(total, windows, longest) || before == NO_CHECKOUTS && lastCheckoutBefore) {
            return NO_CHECKOUTS;
        }
        return hasRecentCheckouts(windows) ? ALIVE : QUIET;
    }

    private static boolean isWithoutTraffic(List<WindowMetrics> windows, WindowMetrics longest) {
        double perMs = hits(longest) * OF_THE_MEAN_AT_NIGHT / size(longest).toMillis();
        for (WindowMetrics window : windows) {
            boolean isEmpty = window.getHits() != null && hits(window) == 0;
            if (isEmpty && (perMs * size(window).toMillis() >= EXPECTED_HITS || isADay(window))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithoutCheckouts(
            CheckoutMetrics total, List<WindowMetrics> windows, WindowMetrics longest) {
        Instant last = total.getLastCheckoutAt();
        if (last == null) {
            return false; // never a checkout: perhaps it is no shop
        }
        if (longest.getCheckouts() == 0) {
            return isADay(longest) && hits(longest) > 0;
        }
        Duration silence = Duration.between(last, total.getAsOf());
        WindowMetrics around = windows.stream()
                .filter(window -> size(window).compareTo(silence) >= 0)
                .findFirst()
                .orElse(longest);
        double ofIt = Math.min(1, (double) silence.toMillis() / size(around).toMillis());
        double hitsSince = hits(around) * ofIt;
        return hitsSince * longest.getCheckouts() / Math.max(1, hits(longest)) >= EXPECTED_CHECKOUTS;
    }

    /** The same, given the newest alert: one that lasts is the verdict, one that is over or never was leaves no trouble. */
    Verdict withAlert(@Nullable CheckoutAlert alert) {
        if (alert == null || this == NOT_KNOWN) {
            return this;
        }
        return switch (alert.getKind()) {
            case LEARNING -> this;
            case NO_INPUT -> NO_TRAFFIC;
            case NO_CHECKOUTS -> NO_CHECKOUTS;
            case DROP -> DROP;
            case SPIKE -> SPIKE;
            case WATCHING, RECOVERED -> this == NO_TRAFFIC || this == NO_CHECKOUTS ? QUIET : this;
        };
    }

    /** In the longest window of an hour or less, or the shortest of all. */
    private static boolean hasRecentCheckouts(List<WindowMetrics> windows) {
        WindowMetrics recent = windows.stream()
                .filter(window -> size(window).compareTo(AN_HOUR) <= 0)
                .reduce((shorter, longer) -> longer)
                .orElse(windows.get(0));
        return recent.getCheckouts() > 0;
    }

    private static boolean isADay(WindowMetrics window) {
        return size(window).compareTo(A_DAY) >= 0;
    }

    private static long hits(WindowMetrics window) {
        Long hits = window.getHits();
        return hits == null ? 0 : hits;
    }

    private static Duration size(WindowMetrics window) {
        return Duration.between(window.getStart(), window.getEnd());
    }
}
