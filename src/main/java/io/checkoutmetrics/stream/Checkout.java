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
        CheckoutHit hit, List<String> dimensions, long eventTimeMs, long recordTimeMs, int partition, long offset) {
    private static final int SAME_DIMENSIONS = 0;
    private static final int OTHER_DIMENSIONS = 1;
    private static final int SIZE_OF_NUMBERS = 30;

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
    static int inOrderReceived(Checkout one, Checkout other) {
        int byTime = Long.compare(one.recordTimeMs, other.recordTimeMs);
        return byTime != 0 ? byTime : AT_THE_SAME_TIME.compare(one, other);
    }

    private static final Comparator<Checkout> AT_THE_SAME_TIME = Comparator.<Checkout, String>comparing(
                    checkout -> orEmpty(checkout.hit.hitId()))
            .thenComparingLong(Checkout::eventTimeMs)
            .thenComparing(checkout -> orEmpty(checkout.hit.visitorId()))
            .thenComparing(checkout -> orEmpty(checkout.hit.visitId()))
            .thenComparing(checkout -> String.join("\u0000", checkout.hit.dimensionItems()))
            .thenComparingInt(Checkout::partition)
            .thenComparingLong(Checkout::offset);

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The same, with one other item for each dimension. */
    Checkout withDimensionItems(List<String> items) {
        return new Checkout(hit.withDimensionItems(items), dimensions, eventTimeMs, recordTimeMs, partition, offset);
    }

    /** About how many bytes it is; of texts, one for each UTF-16 unit. */
    int size() {
        int size = SIZE_OF_NUMBERS + length(hit.reportSuite()) + length(hit.hitId());
        size += length(hit.visitorId()) + length(hit.visitId());
        for (Item item : hit.items()) {
            size += length(item.event()) + length(item.id()) + 1;
        }
        for (String item : hit.dimensionItems()) {
            size += length(item);
        }
        return size;
    }

    private static int length(@Nullable String text) {
        return text == null ? 1 : 1 + text.length();
    }

    /** Names of dimensions are written once, for all checkouts in a row that have the same. */
    static void writeAll(List<Checkout> checkouts, BinaryWriter out) {
        out.number(checkouts.size());
        List<String> before = null;
        for (Checkout checkout : checkouts) {
            if (checkout.dimensions.equals(before)) {
                out.tag(SAME_DIMENSIONS);
            } else {
                out.tag(OTHER_DIMENSIONS).number(checkout.dimensions.size());
                checkout.dimensions.forEach(out::text);
            }
            before = checkout.dimensions;
            checkout.writeTo(out);
        }
    }

    static List<Checkout> readAll(BinaryReader in) {
        int size = in.count();
        List<Checkout> checkouts = new ArrayList<>(size);
        List<String> dimensions = List.of();
        for (int i = 0; i < size; i++) {
            if (in.tag() == OTHER_DIMENSIONS) {
                dimensions = List.copyOf(texts(in, in.count()));
            }
            checkouts.add(readFrom(in, dimensions));
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
        hit.dimensionItems().forEach(out::text);
        out.number(eventTimeMs).number(recordTimeMs).number(partition).number(offset);
    }

    private static Checkout readFrom(BinaryReader in, List<String> dimensions) {
        String reportSuite = in.text();
        int itemCount = in.count();
        List<Item> items = new ArrayList<>(itemCount);
        for (int i = 0; i < itemCount; i++) {
            items.add(new Item(in.text(), in.optionalText(), in.number()));
        }
        String hitId = in.optionalText();
        String visitorId = in.optionalText();
        String visitId = in.optionalText();
        List<String> dimensionItems = texts(in, dimensions.size());
        CheckoutHit hit = new CheckoutHit(
                reportSuite, items, OptionalLong.empty(), hitId, visitorId, visitId, dimensionItems, 0, false);
        return new Checkout(hit, dimensions, in.number(), in.number(), in.count(), in.number());
    }
}
