package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A checkout on its way from the partition that received it to the shard that judges whether it was seen before.
 *
 * @param eventTimeMs when it happened, never after {@code recordTimeMs}
 * @param recordTimeMs when it was received
 * @param partition input partition that received it
 * @param offset its offset there
 */
record Checkout(CheckoutHit hit, long eventTimeMs, long recordTimeMs, int partition, long offset) {
    private static final int SAME_DIMENSIONS = 0;
    private static final int OTHER_DIMENSIONS = 1;
    private static final int HAS_CART = 2;
    private static final int SIZE_OF_NUMBERS = 30;

    /**
     * What an item of a dimension takes on the heap beside its letters, 72 bytes, in the measure of {@link HeapLimits}, a third:
     * 24 for the item, 4 for its place in the list, 24 for the text, and 16 for the array of its letters, with 4 of padding.
     */
    private static final int SIZE_OF_DIMENSION_ITEM = 24;

    /**
     * Who came first: by the time received, then by hit ID, then by content, so that it does not matter which partition
     * a
     * checkout came through; partition and offset only tell apart what has the same content.
     */
    static int inOrderReceived(Checkout one, Checkout other) {
        int byTime = Long.compare(one.recordTimeMs, other.recordTimeMs);
        return byTime != 0 ? byTime : AT_THE_SAME_TIME.compare(one, other);
    }

    private static final Comparator<Checkout> AT_THE_SAME_TIME = Comparator.<Checkout, String>comparing(
                    checkout -> orEmpty(checkout.hit.hitId()))
            .thenComparingLong(Checkout::eventTimeMs)
            .thenComparing(checkout -> orEmpty(checkout.hit.visitorId()))
            .thenComparing(checkout -> orEmpty(checkout.hit.visitId()))
            .thenComparing(Checkout::itemsInARow)
            .thenComparingInt(Checkout::partition)
            .thenComparingLong(Checkout::offset);

    private String itemsInARow() {
        StringBuilder row = new StringBuilder();
        for (DimensionItem one : hit.dimensionItems()) {
            row.append(one.dimension()).append('\u0000').append(one.item()).append('\u0000');
        }
        return row.toString();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The same, with other items of its dimensions. */
    Checkout withDimensionItems(List<DimensionItem> items) {
        return new Checkout(hit.withDimensionItems(items), eventTimeMs, recordTimeMs, partition, offset);
    }

    /**
     * About how many bytes it is; of texts, one for each UTF-16 unit. Items of dimensions count for more, since a checkout may
     * have hundreds and each is an object; names of dimensions count where they are repeated.
     */
    int size() {
        int size = SIZE_OF_NUMBERS + length(hit.reportSuite()) + length(hit.hitId());
        size += length(hit.visitorId()) + length(hit.visitId());
        for (Item item : hit.items()) {
            size += length(item.event()) + length(item.id()) + 1;
        }
        String before = "";
        for (DimensionItem one : hit.dimensionItems()) {
            size += SIZE_OF_DIMENSION_ITEM
                    + length(one.item())
                    + (one.dimension().equals(before) ? length(before) : 0);
            before = one.dimension();
        }
        return size;
    }

    private static int length(@Nullable String text) {
        return text == null ? 1 : 1 + text.length();
    }

    /** Names of dimensions are written once, for all checkouts in a row that have the same. */
    static void writeAll(List<Checkout> checkouts, BinaryWriter out) {
        out.number(checkouts.size());
        List<DimensionItem> before = null;
        for (Checkout checkout : checkouts) {
            List<DimensionItem> items = checkout.hit.dimensionItems();
            int cart = checkout.hit.cartMillionths().isPresent() ? HAS_CART : 0;
            if (before != null && haveSameDimensions(items, before)) {
                out.tag(SAME_DIMENSIONS | cart);
            } else {
                out.tag(OTHER_DIMENSIONS | cart).number(items.size());
                items.forEach(one -> out.text(one.dimension()));
            }
            before = items;
            checkout.writeTo(out);
        }
    }

    private static boolean haveSameDimensions(List<DimensionItem> one, List<DimensionItem> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).dimension().equals(other.get(i).dimension())) {
                return false;
            }
        }
        return true;
    }

    static List<Checkout> readAll(BinaryReader in) {
        int size = in.count();
        List<Checkout> checkouts = new ArrayList<>(size);
        List<String> dimensions = List.of();
        for (int i = 0; i < size; i++) {
            int tag = in.tag();
            if ((tag & OTHER_DIMENSIONS) != 0) {
                dimensions = texts(in, in.count());
            }
            checkouts.add(readFrom(in, dimensions, (tag & HAS_CART) != 0));
        }
        return checkouts;
    }

    private static List<String> texts(BinaryReader in, int count) {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }

    private void writeTo(BinaryWriter out) {
        out.text(hit.reportSuite()).number(hit.items().size());
        for (Item item : hit.items()) {
            out.text(item.event()).text(item.id()).number(item.value());
        }
        out.text(hit.hitId()).text(hit.visitorId()).text(hit.visitId());
        hit.dimensionItems().forEach(one -> out.text(one.item()));
        out.number(eventTimeMs).number(recordTimeMs).number(partition).number(offset);
        hit.cartMillionths().ifPresent(out::number);
    }

    private static Checkout readFrom(BinaryReader in, List<String> dimensions, boolean hasCart) {
        String reportSuite = in.text();
        int itemCount = in.count();
        List<Item> items = new ArrayList<>(itemCount);
        for (int i = 0; i < itemCount; i++) {
            items.add(new Item(in.text(), in.optionalText(), in.number()));
        }
        String hitId = in.optionalText();
        String visitorId = in.optionalText();
        String visitId = in.optionalText();
        List<DimensionItem> dimensionItems = new ArrayList<>(dimensions.size());
        for (String dimension : dimensions) {
            dimensionItems.add(new DimensionItem(dimension, in.text()));
        }
        long eventTimeMs = in.number();
        long recordTimeMs = in.number();
        int partition = in.count();
        long offset = in.number();
        OptionalLong cart = hasCart ? OptionalLong.of(in.number()) : OptionalLong.empty();
        CheckoutHit hit = new CheckoutHit(
                reportSuite, items, OptionalLong.empty(), hitId, visitorId, visitId, dimensionItems, cart, 0, false);
        return new Checkout(hit, eventTimeMs, recordTimeMs, partition, offset);
    }
}
