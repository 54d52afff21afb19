package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.metric.Series;
import java.util.EnumMap;
import java.util.Map;

/**
 * Both sides of one interval {@code [startMs, endMs)} of one series. What the feed has becomes what it counts to:
 *
 * <pre>
 *   in feed - excluded - late - refused - duplicates = counted, to be compared with what was published
 * </pre>
 *
 * Finals are sums, so a difference is put down to a kind by number, not hit by hit: where 3 more were published than the
 * feed counts to, and the feed excludes 5 checkouts of the same interval, the 3 are {@link Kind#EXCLUDED}.
 *
 * @param startMs milliseconds since the epoch
 * @param endMs exclusive
 */
record Account(Series series, long startMs, long endMs, Amounts amounts) {
    long of(Column column) {
        return amounts.of(column);
    }

    /** Checkouts of the feed that were counted once already. */
    long duplicates() {
        return Math.max(
                0,
                of(Column.IN_FEED) - of(Column.EXCLUDED) - of(Column.LATE) - of(Column.REFUSED) - of(Column.COUNTED));
    }

    /** Checkouts published more than the feed counts to; negative: fewer. */
    long difference() {
        return of(Column.PUBLISHED) - of(Column.COUNTED);
    }

    /** The same in increments. */
    long incrementsDifference() {
        return of(Column.PUBLISHED_INCREMENTS) - of(Column.COUNTED_INCREMENTS);
    }

    boolean isEqual() {
        return difference() == 0 && incrementsDifference() == 0;
    }

    /** What the difference in checkouts is put down to; adds up to its size. */
    Map<Kind, Long> explained() {
        Map<Kind, Long> parts = new EnumMap<>(Kind.class);
        long more = difference();
        long laterThere = of(Column.LATE_TO_JOB) - of(Column.LATE);
        if (more > 0) {
            long left = more;
            left -= take(parts, Kind.EXCLUDED, of(Column.EXCLUDED), left);
            left -= take(parts, Kind.LATE, -laterThere, left);
            left -= take(parts, Kind.DUPLICATE, duplicates(), left);
            take(parts, Kind.ONLY_HERE, left, left);
        } else {
            long left = -more;
            left -= take(parts, Kind.LATE, laterThere, left);
            take(parts, Kind.MISSING, left, left);
        }
        return parts;
    }

    private static long take(Map<Kind, Long> parts, Kind kind, long there, long wanted) {
        long taken = Math.max(0, Math.min(there, wanted));
        if (taken > 0) {
            parts.put(kind, taken);
        }
        return taken;
    }
}
