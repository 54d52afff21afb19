package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.Item;
import io.checkoutmetrics.window.CartValue;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Watermark;
import java.math.BigInteger;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Any record that may be on an internal topic. */
final class InternalRecords {
    private InternalRecords() {}

    /** Any text there is in UTF-8: no lone surrogates, which no hit can bring along. */
    static Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings()
                .ofMaxLength(12)
                .map(text -> new String(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8));
        return Arbitraries.oneOf(any, Arbitraries.of("", "\u0000", "é", "🛒", "\"\\\n", "a".repeat(300)));
    }

    static Arbitrary<Checkout> checkouts() {
        Arbitrary<Item> items = Combinators.combine(
                        texts(),
                        Arbitraries.strings().alpha().ofMaxLength(20).injectNull(0.3),
                        Arbitraries.longs().greaterOrEqual(1))
                .as(Item::new);
        Arbitrary<CheckoutHit> hits = Combinators.combine(
                        texts(),
                        items.list().ofMinSize(1).ofMaxSize(4),
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        dimensionItems().list().ofMaxSize(4),
                        Arbitraries.longs().greaterOrEqual(0).optional())
                .as((suite, events, hitId, visitorId, visitId, dimensions, cart) -> new CheckoutHit(
                        suite,
                        events,
                        OptionalLong.empty(),
                        hitId,
                        visitorId,
                        visitId,
                        dimensions,
                        cart.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        0,
                        false));
        return Combinators.combine(
                        hits,
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.longs())
                .as(Checkout::new);
    }

    /** A dimension may come again, with another item. */
    private static Arbitrary<DimensionItem> dimensionItems() {
        return Combinators.combine(Arbitraries.of("country", "product", "category"), texts())
                .as(DimensionItem::new);
    }

    static Arbitrary<HitTally> tallies() {
        return Combinators.combine(texts(), Arbitraries.longs(), Arbitraries.longs())
                .as(HitTally::new);
    }

    static Arbitrary<ArrivalsBundle> arrivals() {
        return Combinators.combine(
                        checkouts().list().ofMaxSize(5), tallies().list().ofMaxSize(5))
                .as(ArrivalsBundle::new);
    }

    static Arbitrary<SourceWatermark> watermarks() {
        return Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.longs(),
                        Arbitraries.of(Watermark.Mood.class),
                        Arbitraries.longs())
                .as((source, time, mood, clock) -> new SourceWatermark(source, new Watermark(time, mood), clock));
    }

    static Arbitrary<Counts> counts() {
        Arbitrary<Long> count = Arbitraries.longs().between(0, 1L << 60);
        Arbitrary<CartValue> carts = Combinators.combine(
                        Arbitraries.longs().between(1, 1L << 40),
                        Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TWO.pow(90)))
                .as(CartValue::new);
        return Combinators.combine(count, count, count, Arbitraries.oneOf(Arbitraries.just(CartValue.NONE), carts))
                .as(Counts::new);
    }

    static Arbitrary<SeriesCounts> seriesCounts() {
        Arbitrary<Long> starts = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(
                        starts, counts(), Arbitraries.longs(), visitorHashes().injectNull(0.3))
                .as(InternalRecords::slice)
                .list()
                .ofMaxSize(5)
                .map(SeriesCounts::new);
    }

    /** Who made checkouts is told only where there are any. */
    private static SeriesCounts.SliceCounts slice(
            long startMs, Counts counts, long lastCheckoutAtMs, @Nullable VisitorHashes visitors) {
        return counts.checkouts() == 0
                ? new SeriesCounts.SliceCounts(startMs, counts, lastCheckoutAtMs)
                : new SeriesCounts.SliceCounts(startMs, counts, lastCheckoutAtMs, visitors);
    }

    private static Arbitrary<VisitorHashes> visitorHashes() {
        Arbitrary<Long> fingerprint = Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.just(0L));
        return Combinators.combine(fingerprint, fingerprint)
                .as((visitor, visit) -> new long[] {visitor, visit})
                .list()
                .ofMaxSize(4)
                .map(pairs -> {
                    VisitorHashes.Gathering gathering = new VisitorHashes.Gathering();
                    pairs.forEach(pair -> gathering.add(pair[0], pair[1]));
                    return gathering.all();
                });
    }

    static Arbitrary<CountsBundle> countsBundles() {
        return Combinators.combine(texts(), Arbitraries.of(true, false), seriesCounts())
                .as((series, isByTimeReceived, counts) -> new CountsBundle.OfSeries(
                        Bytes.wrap(("[" + series).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        isByTimeReceived,
                        counts))
                .list()
                .ofMaxSize(5)
                .map(CountsBundle::new);
    }
}
