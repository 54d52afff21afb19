package io.checkoutmetrics.metric;

import org.jspecify.annotations.Nullable;

/**
 * How many different visitors and visits were behind some checkouts; null where that is not known: no checkout of them said,
 * or visitors were not counted then. Of no checkouts, there are none.
 */
public record Visitors(@Nullable Long visitors, @Nullable Long visits) {
    public static final Visitors UNKNOWN = new Visitors(null, null);
    public static final Visitors NONE = new Visitors(0L, 0L);

    /** @param checkouts of which those were counted; 0 of checkouts that were made says that none of them told */
    public static Visitors of(long checkouts, long visitors, long visits) {
        return checkouts == 0 ? NONE : new Visitors(orNull(visitors), orNull(visits));
    }

    private static @Nullable Long orNull(long different) {
        return different == 0 ? null : different;
    }
}
