package io.checkoutmetrics.hit;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A hit that counts as one checkout, unless it turns out to be a duplicate or to have a bad time.
 *
 * @param reportSuite report suite, 1 to 255 bytes of UTF-8
 * @param items qualifying items in the order of the events string, at least one
 * @param clientTimeMs when the hit happened by the client's clock, in milliseconds since the epoch, not judged yet (see
 *     {@link EventTime}); empty: when it was received
 * @param hitId unique per hit and report suite; null where the hit has none
 * @param visitorId whose hit it is; null where the hit does not say
 * @param visitId unique per visit and report suite; null where the hit does not say
 * @param dimensionItems one item for each of {@link HitRules#dimensions()}, in that order; several, all different, only
 *     where a dimension is about products
 * @param cartMillionths what its products cost together, in millionths of the unit of its currency, from 0 to below
 *     10¹⁸; empty where that was not asked for
 * @param invalidEventIds how many of the items carried an ID that is empty or not alphanumeric
 * @param nearMiss whether the events string has a name that differs from a qualifying one only in case
 */
public record CheckoutHit(
        String reportSuite,
        List<Item> items,
        OptionalLong clientTimeMs,
        @Nullable String hitId,
        @Nullable String visitorId,
        @Nullable String visitId,
        List<DimensionItem> dimensionItems,
        OptionalLong cartMillionths,
        int invalidEventIds,
        boolean nearMiss)
        implements Reading {

    /** Item of a dimension that the hit lacks or has empty. */
    public static final String NONE = "(none)";

    /** Item of a dimension whose bytes are not UTF-8. */
    public static final String INVALID = "(invalid)";

    /** Item that stands for all products, or categories, of a checkout beyond its first 100 different ones. */
    public static final String MORE = "(more)";

    public CheckoutHit {
        items = List.copyOf(items);
        dimensionItems = List.copyOf(dimensionItems);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a checkout has at least one qualifying item");
        }
    }

    /** The sum of the items' values: {@code scCheckout,scCheckout=3} is one checkout and four increments. */
    public long increments() {
        long sum = 0;
        for (Item item : items) {
            sum += item.value();
        }
        return sum;
    }

    /** The same, with other items of its dimensions. */
    public CheckoutHit withDimensionItems(List<DimensionItem> others) {
        return with(items, others);
    }

    CheckoutHit withItems(List<Item> remaining) {
        return with(remaining, dimensionItems);
    }

    private CheckoutHit with(List<Item> otherItems, List<DimensionItem> otherDimensionItems) {
        return new CheckoutHit(
                reportSuite,
                otherItems,
                clientTimeMs,
                hitId,
                visitorId,
                visitId,
                otherDimensionItems,
                cartMillionths,
                invalidEventIds,
                nearMiss);
    }
}
