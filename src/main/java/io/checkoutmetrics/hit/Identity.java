package io.checkoutmetrics.hit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a checkout was seen before, and who judges it: two checkouts with an equal key are the same.
 *
 * <p>Keys start with their kind ({@code e} event ID, {@code v} visit, {@code h} hit ID) and state the length, in UTF-16 units, of every part but the last, so that no
 * two different facts share one: event {@code scCheckout} with ID {@code A1} in suite {@code eu} is {@code e2:eu10:scCheckoutA1}.
 *
 * @param primary what the mode of de-duplication goes by; null where the hit has no such thing, or the mode goes by nothing
 * @param redelivery the hit ID, the same when the hit is delivered again; null where the hit has none
 */
public record Identity(@Nullable String primary, @Nullable String redelivery) {

    /** The identity of a checkout. Of several valid event IDs in one hit, the first is its identity. */
    public static Identity of(CheckoutHit hit, DedupMode mode) {
        String suite = measured(hit.reportSuite());
        String hitId = hit.hitId();
        return new Identity(primary(hit, suite, mode), hitId == null ? null : "h" + suite + hitId);
    }

    /**
     * What has to judge the checkout, so that equal ones meet: the primary key, else the hit ID; null where the hit has neither and any judge will do. The same hit
     * delivered again has the same shard key.
     */
    public @Nullable String shardKey() {
        return primary != null ? primary : redelivery;
    }

    /**
     * What remains to be counted of a checkout whose primary key was seen before: in mode {@link DedupMode#EVENT_ID} its items with another ID or none, else nothing.
     * Nothing remaining makes it a duplicate.
     */
    public static Optional<CheckoutHit> remainder(CheckoutHit hit, DedupMode mode) {
        if (mode != DedupMode.EVENT_ID) {
            return Optional.empty();
        }
        Item identity = firstWithId(hit);
        if (identity == null) {
            return Optional.of(hit);
        }
        List<Item> others =
                hit.items().stream().filter(item -> !item.repeats(identity)).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(hit.withItems(others));
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
