package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.SomeCheckout;
import io.checkoutmetrics.window.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
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
        CheckoutHit hit =
                SomeCheckout.in("eu").hitId(hitId).dimension("country", "fr").hit();
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
}
