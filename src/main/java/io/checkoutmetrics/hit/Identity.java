package io.checkoutmetrics.hit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a checkout was seen before, and who judges it: two checkouts with an equal key are the same.
 *
 * <p>Keys start with their kind ({@code e} event ID, {@code v} visit, {@code h} hit ID) and state the length, in UTF-16
 * units, of every part but the last, so that no two different facts share one: event {@code scCheckout} with ID {@code
 * A1} in suite {@code eu} is {@code e2:eu10:scCheckoutA1}.
 *
 * @param primary what the mode of de-duplication goes by; null where the hit has no such thing, or the mode goes by
 *     nothing
 * @param redelivery the hit ID with the primary key, the same when the hit is delivered again; null where the hit has
 *     no hit ID
 */
public record Identity(@Nullable String primary, @Nullable String redelivery) {

    /** The identity of a checkout. Of several valid event IDs in one hit, the first is its identity. */
    public static Identity of(CheckoutHit hit, DedupMode mode) {
        String suite = measured(hit.reportSuite());
        String primary = primary(hit, suite, mode);
        return new Identity(primary, redelivery(hit, suite, primary));
    }

    /**
     * What has to judge the checkout, so that equal ones meet: the primary key, else the hit ID; null where the hit has
     * neither and any judge will do. The same hit delivered again has the same shard key.
     */
    public @Nullable String shardKey() {
        return primary != null ? primary : redelivery;
    }

    /**
     * What is to be counted of a checkout. In mode {@link DedupMode#EVENT_ID} of several items with the same event and
     * ID the first, and none of those whose ID is the primary key when that was seen before; items with another ID or
     * none count all the same. In mode {@link DedupMode#VISIT} nothing of a visit seen before. Nothing remaining makes
     * the checkout a duplicate.
     */
    public static Optional<CheckoutHit> unseen(CheckoutHit hit, DedupMode mode, boolean primarySeen) {
        if (mode != DedupMode.EVENT_ID) {
            return primarySeen ? Optional.empty() : Optional.of(hit);
        }
        Item identity = primarySeen ? firstWithId(hit) : null;
        Set<String> taken = new HashSet<>();
        List<Item> fresh = new ArrayList<>(hit.items().size());
        for (Item item : hit.items()) {
            boolean isSeen = identity != null && item.repeats(identity);
            if (!isSeen && (item.id() == null || taken.add(measured(item.event()) + item.id()))) {
                fresh.add(item);
            }
        }
        return fresh.isEmpty() ? Optional.empty() : Optional.of(hit.withItems(fresh));
    }

    private static @Nullable String primary(CheckoutHit hit, String suite, DedupMode mode) {
        switch (mode) {
            case EVENT_ID -> {
                Item item = firstWithId(hit);
                return item == null ? null : "e" + suite + measured(item.event()) + item.id();
            }
            case VISIT -> {
                return hit.visitId() == null ? null : "v" + suite + hit.visitId();
            }
            case ALWAYS -> {
                return null;
            }
        }
        throw new AssertionError(mode);
    }

    /** Has the primary key in it: whether two hits are one must not depend on whether they meet the same judge. */
    private static @Nullable String redelivery(CheckoutHit hit, String suite, @Nullable String primary) {
        String hitId = hit.hitId();
        return hitId == null ? null : "h" + suite + measured(hitId) + (primary == null ? "" : primary);
    }

    private static @Nullable Item firstWithId(CheckoutHit hit) {
        for (Item item : hit.items()) {
            if (item.id() != null) {
                return item;
            }
        }
        return null;
    }

    private static String measured(String part) {
        return part.length() + ":" + part;
    }
}
