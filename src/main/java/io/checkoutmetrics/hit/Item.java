package io.checkoutmetrics.hit;

import org.jspecify.annotations.Nullable;

/**
 * One qualifying item of a hit's events string: {@code scCheckout=2:ABC123} is event {@code scCheckout}, value 2, ID
 * {@code ABC123}.
 *
 * @param event name of the event, one of {@link HitRules#checkoutEvents()}
 * @param id event ID, 1 to 20 ASCII letters and digits; null where the item has none or an invalid one
 * @param value increment, at least 1
 */
public record Item(String event, @Nullable String id, long value) {
    public Item {
        if (value < 1) {
            throw new IllegalArgumentException("value must be at least 1: " + value);
        }
    }

    /** Whether both are the same event with the same ID. An item without ID is the same as no other. */
    boolean repeats(Item other) {
        return id != null && id.equals(other.id) && event.equals(other.event);
    }
}
