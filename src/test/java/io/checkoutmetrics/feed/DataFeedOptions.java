package io.checkoutmetrics.feed;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a data feed's parser is told besides the columns. */
record DataFeedOptions(
        EventNames names, @Nullable String suite, @Nullable ZoneId zone) {
    static final DataFeedOptions NONE = new DataFeedOptions(EventNames.STANDARD, null, null);
    static final DataFeedOptions SUITE = new DataFeedOptions(EventNames.STANDARD, "shop", null);

    DataFeedOptions in(String zoneId) {
        return new DataFeedOptions(names, suite, ZoneId.of(zoneId));
    }
}
