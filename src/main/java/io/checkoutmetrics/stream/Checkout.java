package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A checkout on its way from the partition that received it to the shard that judges whether it was seen before.
 *
 * @param dimensions names of the dimensions that {@code hit.dimensionItems()} are items of, as they were set then
 * @param eventTimeMs when it happened, never after {@code recordTimeMs}
 * @param recordTimeMs when it was received
 * @param partition input partition that received it
 * @param offset its offset there
 */
record Checkout(
        CheckoutHit hit, List<String> dimensions, long eventTimeMs, long recordTimeMs, int partition, long offset)
        implements ToCount {
    Checkout {
        dimensions = List.copyOf(dimensions);
        if (dimensions.size() != hit.dimensionItems().size()) {
            throw new IllegalArgumentException("each dimension has one item");
        }
    }

    /**
     * Who came first: by the time received, then by hit ID, then by content, so that it does not matter which partition
     * a
     * checkout came through; partition and offset only tell apart what has the same content.
     */
    static final Comparator<Checkout> ORDER_RECEIVED = Comparator.comparingLong(Checkout::recordTimeMs)
            .thenComparing(checkout -> orEmpty(checkout.hit.hitId()))
            .thenComparingLong(Checkout::eventTimeMs)
            .thenComparing(checkout -> orEmpty(checkout.hit.visitorId()))
            .thenComparing(checkout -> orEmpty(checkout.hit.visitId()))
            .thenComparing(checkout -> String.join("\u0000", checkout.hit.dimensionItems()))
            .thenComparingInt(Checkout::partition)
            .thenComparingLong(Checkout::offset);

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    void writeTo(BinaryWriter out) {
        out.text(hit.reportSuite()).number(hit.items().size());
        for (Item item : hit.items()) {
            out.text(item.event()).text(item.id()).number(item.value());
        }
        out.text(hit.hitId()).text(hit.visitorId()).text(hit.visitId());
        out.number(dimensions.size());
        for (int i = 0; i < dimensions.size(); i++) {
            out.text(dimensions.get(i)).text(hit.dimensionItems().get(i));
        }
        out.number(eventTimeMs).number(recordTimeMs).number(partition).number(offset);
    }

    static Checkout readFrom(BinaryReader in) {
        String reportSuite = in.text();
        int itemCount = in.count();
        List<Item> items = new ArrayList<>(itemCount);
        for (int i = 0; i < itemCount; i++) {
            items.add(new Item(in.text(), in.optionalText(), in.number()));
        }
        String hitId = in.optionalText();
        String visitorId = in.optionalText();
        String visitId = in.optionalText();
        int dimensionCount = in.count();
        List<String> dimensions = new ArrayList<>(dimensionCount);
        List<String> dimensionItems = new ArrayList<>(dimensionCount);
        for (int i = 0; i < dimensionCount; i++) {
            dimensions.add(in.text());
            dimensionItems.add(in.text());
        }
        CheckoutHit hit = new CheckoutHit(
                reportSuite, items, OptionalLong.empty(), hitId, visitorId, visitId, dimensionItems, 0, false);
        return new Checkout(hit, dimensions, in.number(), in.number(), in.count(), in.number());
    }
}
