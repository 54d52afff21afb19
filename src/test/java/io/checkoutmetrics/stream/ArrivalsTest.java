package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.Item;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long SLICE = 10;

    private static final int SHARDS = 3;

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("arrivals");
    private final List<Integer> shards = new ArrayList<>();
    private final List<ArrivalsBundle> bundles = new ArrayList<>();

    private Arrivals arrivals() {
        return new Arrivals(store, SHARDS, (shard, bundle) -> {
            shards.add(shard);
            bundles.add(bundle);
        });
    }

    private List<HitTally> flush(Arrivals arrivals, long timeMs) {
        bundles.clear();
        shards.clear();
        arrivals.flush(Watermark.active(timeMs));
        return bundles.stream().flatMap(bundle -> bundle.tallies().stream()).toList();
    }

    private static Checkout checkout(String hitId, long offset) {
        CheckoutHit hit = new CheckoutHit(
                "eu",
                List.of(new Item("scCheckout", null, 1)),
                OptionalLong.empty(),
                hitId,
                null,
                null,
                List.of(new DimensionItem("country", "fr")),
                0,
                false);
        return new Checkout(hit, 10, 10, 0, offset);
    }

    private static byte[] key(String shardKey) {
        return shardKey.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void hits_areTalliedBySuiteAndSlice_andHandedOnOnce() {
        Arrivals arrivals = arrivals();
        arrivals.hits(new HitTally("eu", 10, 1), 11);
        arrivals.hits(new HitTally("eu", 10, 1), 19);
        arrivals.hits(new HitTally("eu", 20, 1), 20);
        arrivals.hits(new HitTally("us", 10, 1), 11);
        assertThat(flush(arrivals, 20))
                .containsExactlyInAnyOrder(
                        new HitTally("eu", 10, 2), new HitTally("eu", 20, 1), new HitTally("us", 10, 1));
        assertThat(arrivals.isHolding()).isFalse();
        assertThat(flush(arrivals, 21)).isEmpty();
    }

    @Test
    void checkoutsOfOneShard_areHandedOnTogether_withItsTallies_atTheWatermark() {
        Arrivals arrivals = arrivals();
        for (int i = 0; i < 30; i++) {
            arrivals.checkout(key("id" + i), checkout("h" + i, i));
            arrivals.checkout(key("id" + i), checkout("again" + i, i));
            arrivals.hits(new HitTally("suite" + i, 10, 1), 11);
        }
        assertThat(bundles).isEmpty();
        arrivals.flush(Watermark.active(20));
        assertThat(shards).containsExactly(0, 1, 2);
        assertThat(bundles).allSatisfy(bundle -> {
            List<String> ids =
                    bundle.checkouts().stream().map(one -> one.hit().hitId()).toList();
            assertThat(ids)
                    .filteredOn(id -> id.startsWith("h"))
                    .isNotEmpty()
                    .allMatch(id -> ids.contains(id.replace("h", "again")));
            assertThat(bundle.tallies()).isNotEmpty();
        });
        assertThat(bundles.stream().mapToInt(bundle -> bundle.checkouts().size()))
                .satisfies(sizes -> assertThat(
                                sizes.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(60));
    }

    @Test
    void checkoutsBeyondWhatOneRecordShouldCarry_areHandedOnBeforeTheWatermark() {
        Arrivals arrivals = arrivals();
        for (int i = 0; i < HeldArrivals.MOST_CHECKOUTS; i++) {
            arrivals.checkout(key("same"), checkout("h" + i, i));
        }
        assertThat(bundles).isEmpty();
        arrivals.checkout(key("same"), checkout("one more", 1_000));
        assertThat(bundles)
                .singleElement()
                .satisfies(bundle -> assertThat(bundle.checkouts()).hasSize(HeldArrivals.MOST_CHECKOUTS));
        arrivals.flush(Watermark.active(20));
        assertThat(bundles).hasSize(2);
    }

    @Test
    void hugeCheckout_goesAlone_andManyLargeOnesNeverMakeARecordTooLarge() {
        Arrivals arrivals = arrivals();
        String large = "🛒".repeat(20_000);
        for (int i = 0; i < 10; i++) {
            arrivals.checkout(key("same"), checkout(large + i, i));
        }
        arrivals.checkout(key("same"), checkout("x".repeat(900_000), 10));
        arrivals.checkout(key("same"), checkout("small", 11));
        arrivals.flush(Watermark.active(20));
        assertThat(bundles.stream().mapToInt(bundle -> bundle.checkouts().size()))
                .containsExactly(2, 2, 2, 2, 2, 1, 1);
        assertThat(bundles)
                .allSatisfy(bundle -> assertThat(
                                InternalSerdes.toCount().serializer().serialize("t", bundle))
                        .hasSizeLessThan(950_000));
    }

    @Test
    void talliesOfVeryManySuites_areHandedOnBeforeTheWatermark() {
        Arrivals arrivals = arrivals();
        for (int i = 0; i < 30_000; i++) {
            arrivals.hits(new HitTally("suite" + i, 10, 1), 11);
        }
        assertThat(bundles).isNotEmpty();
        arrivals.flush(Watermark.active(20));
        assertThat(bundles)
                .allSatisfy(bundle -> assertThat(
                                InternalSerdes.toCount().serializer().serialize("t", bundle))
                        .hasSizeLessThan(300_000));
        assertThat(bundles.stream().mapToInt(bundle -> bundle.tallies().size()))
                .satisfies(sizes -> assertThat(
                                sizes.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(30_000));
    }

    @Test
    void beforeAnythingCame_thereIsNoTime() {
        Arrivals arrivals = arrivals();
        assertThat(arrivals.newestRecordMs()).isEmpty();
        assertThat(arrivals.passedOn()).isNull();
    }

    @Test
    void unreadable_movesTime_andIsNobodysHit() {
        Arrivals arrivals = arrivals();
        arrivals.newestAt(50);
        arrivals.newestAt(40);
        assertThat(arrivals.isHolding()).isFalse();
        arrivals.writeBehind();
        assertThat(arrivals().newestRecordMs()).hasValue(50);
    }

    @Test
    void afterARestart_talliesTimeAndWatermarkAreThere_andFlushedTalliesAreNot() {
        Arrivals before = arrivals();
        before.hits(new HitTally("eu", 10, 1), 11);
        assertThat(flush(before, 12)).hasSize(1);
        before.hits(new HitTally("eu", 30, 1), 33);
        before.hits(new HitTally("eu", 30, 1), 31);
        before.writeBehind();
        Arrivals after = arrivals();
        assertThat(after.newestRecordMs()).hasValue(33);
        assertThat(after.passedOn()).isEqualTo(Watermark.active(12));
        assertThat(flush(after, 40)).containsExactly(new HitTally("eu", 30, 2));
        after.writeBehind();
        assertThat(flush(arrivals(), 50)).isEmpty();
    }

    @Test
    void checkoutsHeldAtACommit_areThereAfterARestart_andOnceTheyAreHandedOnNoMore() {
        Arrivals before = arrivals();
        before.checkout(key("a"), checkout("h1", 1));
        before.writeBehind();
        before.checkout(key("a"), checkout("not committed", 2));
        Arrivals after = arrivals();
        assertThat(after.isHolding()).isTrue();
        after.checkout(key("a"), checkout("h3", 3));
        after.flush(Watermark.active(20));
        assertThat(bundles)
                .containsExactly(new ArrivalsBundle(List.of(checkout("h1", 1), checkout("h3", 3)), List.of()));
        after.writeBehind();
        assertThat(arrivals().isHolding()).isFalse();
        assertThat(TestStores.keys(store)).as("only time is left").hasSize(1);
    }

    @Test
    void heldForAShardThatIsNoMore_isRefused() {
        Arrivals before = arrivals();
        for (int i = 0; i < 30; i++) {
            before.checkout(key("id" + i), checkout("h" + i, i));
        }
        before.writeBehind();
        assertThatThrownBy(() -> new Arrivals(store, 1, (shard, bundle) -> {}))
                .isInstanceOf(IncompatibleStateException.class);
    }

    @Test
    void suitesWithAnyName_doNotMix() {
        Arrivals arrivals = arrivals();
        for (String suite : List.of("eu", "eu\u0000", "t", "", "é", "e")) {
            arrivals.hits(new HitTally(suite, 10, 1), 11);
        }
        arrivals.writeBehind();
        assertThat(flush(arrivals(), 20)).hasSize(6).allMatch(tally -> tally.hits() == 1);
    }

    interface Step {
        Arrivals on(Story story);
    }

    private static final class Story {
        private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("arrivals");
        private final Map<String, Long> received = new TreeMap<>();
        private final Map<String, Long> handedOn = new TreeMap<>();
        private Arrivals arrivals = open();
        private long newest = Long.MIN_VALUE;
        private Watermark passedOn = Watermark.active(Long.MIN_VALUE);

        private Arrivals open() {
            return new Arrivals(
                    store,
                    SHARDS,
                    (shard, bundle) -> bundle.tallies()
                            .forEach(tally -> handedOn.merge(
                                    tally.reportSuite() + "@" + tally.sliceStartMs(), tally.hits(), Long::sum)));
        }

        Arrivals hit(String suite, long time) {
            arrivals.hits(new HitTally(suite, Slices.floor(time, SLICE), 1), time);
            received.merge(suite + "@" + time / SLICE * SLICE, 1L, Long::sum);
            newest = Math.max(newest, time);
            return arrivals;
        }

        Arrivals unreadable(long time) {
            arrivals.newestAt(time);
            newest = Math.max(newest, time);
            return arrivals;
        }

        Arrivals flush(Watermark watermark) {
            passedOn = watermark;
            arrivals.flush(watermark);
            return arrivals;
        }

        Arrivals restart() {
            arrivals.writeBehind();
            arrivals = open();
            return arrivals;
        }
    }

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Step> hits = Combinators.combine(
                        Arbitraries.of("eu", "us"), Arbitraries.longs().between(0, 60))
                .as((suite, time) -> story -> story.hit(suite, time));
        Arbitrary<Step> unreadable = Arbitraries.longs().between(0, 60).map(time -> story -> story.unreadable(time));
        Arbitrary<Step> flush = InternalRecords.watermarks().map(any -> story -> story.flush(any.watermark()));
        return Arbitraries.oneOf(hits, unreadable, flush, Arbitraries.just(Story::restart));
    }

    @Property
    void wheneverItRestarts_everyHitIsHandedOnOnce_andTimeIsWhatItWas(
            @ForAll @Size(max = 30) List<@From("steps") Step> steps) {
        Story story = new Story();
        for (Step step : steps) {
            Arrivals now = step.on(story);
            assertThat(now.newestRecordMs().orElse(Long.MIN_VALUE)).isEqualTo(story.newest);
            assertThat(Objects.requireNonNullElse(now.passedOn(), Watermark.active(Long.MIN_VALUE)))
                    .isEqualTo(story.passedOn);
        }
        story.flush(Watermark.ended(100));
        assertThat(story.handedOn).isEqualTo(story.received);
    }
}
