package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.SomeCheckout;
import java.util.ArrayList;
import java.util.List;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingCheckoutsTest {
    private final List<Checkout> taken = new ArrayList<>();

    private static Checkout checkout(long recordTimeMs, @Nullable String hitId, int partition, long offset) {
        CheckoutHit hit = SomeCheckout.in("eu")
                .hitId(hitId)
                .visitor("visitor")
                .dimension("country", "fr")
                .hit();
        return new Checkout(hit, recordTimeMs, recordTimeMs, partition, offset);
    }

    private List<String> takenIds() {
        return taken.stream().map(checkout -> checkout.hit().hitId()).toList();
    }

    @Test
    void checkouts_comeOutInTheOrderReceived_whateverOrderTheyCameIn() {
        PendingCheckouts pending = new PendingCheckouts(TestStores.inMemory("pending"), 16L << 20);
        pending.add(checkout(300, "c", 0, 1));
        pending.add(checkout(100, "a", 1, 7));
        pending.add(checkout(200, "b", 0, 0));
        pending.takeBefore(1_000, Integer.MAX_VALUE, taken::add);
        assertThat(takenIds()).containsExactly("a", "b", "c");
    }

    @Test
    void ofTheSameTime_hitIdDecides_notThePartition() {
        PendingCheckouts pending = new PendingCheckouts(TestStores.inMemory("pending"), 16L << 20);
        pending.add(checkout(100, "z", 0, 0));
        pending.add(checkout(100, "a", 5, 9));
        pending.takeBefore(101, Integer.MAX_VALUE, taken::add);
        assertThat(takenIds()).containsExactly("a", "z");
    }

    @Test
    void checkoutReceivedAtTheVeryTime_waits_andIsTakenOnce() {
        PendingCheckouts pending = new PendingCheckouts(TestStores.inMemory("pending"), 16L << 20);
        pending.add(checkout(99, "before", 0, 0));
        pending.add(checkout(100, "at", 0, 1));
        pending.takeBefore(100, Integer.MAX_VALUE, taken::add);
        assertThat(takenIds()).containsExactly("before");
        pending.takeBefore(100, Integer.MAX_VALUE, taken::add);
        pending.takeBefore(101, Integer.MAX_VALUE, taken::add);
        pending.takeBefore(Long.MAX_VALUE, Integer.MAX_VALUE, taken::add);
        assertThat(takenIds()).containsExactly("before", "at");
    }

    @Test
    void checkoutOlderThanWhatWasTaken_isTakenNextTime() {
        PendingCheckouts pending = new PendingCheckouts(TestStores.inMemory("pending"), 16L << 20);
        pending.takeBefore(500, Integer.MAX_VALUE, taken::add);
        pending.add(checkout(100, "late", 0, 0));
        pending.takeBefore(500, Integer.MAX_VALUE, taken::add);
        assertThat(takenIds()).containsExactly("late");
    }

    /** Without exactly-once a partition is read again from where it was committed, and others are not. */
    @Test
    void checkoutThatComesAgainAlone_takesNothingAway_ofWhatWasStoredWithIt() {
        PendingCheckouts pending = new PendingCheckouts(TestStores.inMemory("pending"), 16L << 20);
        pending.add(checkout(100, "again", 0, 10));
        pending.add(checkout(150, "b", 1, 77));
        pending.add(checkout(170, "c", 1, 78));
        pending.writeBehind();
        pending.add(checkout(100, "again", 0, 10));
        pending.writeBehind();

        pending.takeBefore(1_000, Integer.MAX_VALUE, taken::add);

        assertThat(takenIds()).containsExactly("again", "again", "b", "c");
    }

    @Test
    void afterARestart_whatWaitedStillWaits() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("pending");
        PendingCheckouts before = new PendingCheckouts(store, 16L << 20);
        before.takeBefore(500, Integer.MAX_VALUE, taken::add);
        before.add(checkout(600, "a", 0, 0));
        before.add(checkout(100, "late", 0, 1));
        before.writeBehind();
        new PendingCheckouts(store, 16L << 20).takeBefore(700, Integer.MAX_VALUE, taken::add);
        assertThat(takenIds()).containsExactly("late", "a");
        assertThat(TestStores.keys(store)).isEmpty();
    }

    @Provide
    Arbitrary<Checkout> some() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 12),
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.integers().between(0, 2))
                .as((time, hitId, partition) -> checkout(time, hitId, partition, 0));
    }

    /** Offsets are given out in the order of coming, as a broker does. */
    @Property
    void takenInSteps_everyCheckoutComesOutOnce_inTheOrderReceivedWithinAStep(
            @ForAll @Size(max = 30) List<@From("some") Checkout> all,
            @ForAll @Size(30) List<Boolean> takes,
            @ForAll @Size(30) List<Boolean> commits,
            @ForAll @Size(30) List<Boolean> restarts) {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("pending");
        PendingCheckouts pending = new PendingCheckouts(store, 16L << 20);
        List<Checkout> waiting = new ArrayList<>();
        List<Checkout> expected = new ArrayList<>();
        List<Checkout> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Checkout one = all.get(i);
            Checkout added =
                    checkout(one.recordTimeMs(), String.valueOf(one.hit().hitId()), one.partition(), i);
            pending.add(added);
            waiting.add(added);
            if (commits.get(i)) {
                pending.writeBehind();
                pending = restarts.get(i) ? new PendingCheckouts(store, 16L << 20) : pending;
            }
            if (takes.get(i)) {
                long before = one.recordTimeMs();
                pending.takeBefore(before, Integer.MAX_VALUE, found::add);
                waiting.stream()
                        .filter(other -> other.recordTimeMs() < before)
                        .sorted(Checkout::inOrderReceived)
                        .forEach(expected::add);
                waiting.removeIf(other -> other.recordTimeMs() < before);
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Test
    void checkoutThatComesAndGoesBetweenTwoCommits_isNeverStored() {
        CountingStore store = new CountingStore();
        PendingCheckouts pending = new PendingCheckouts(store, 16L << 20);
        pending.add(checkout(100, "a", 0, 0));
        pending.takeBefore(101, Integer.MAX_VALUE, taken::add);
        pending.writeBehind();
        assertThat(taken).hasSize(1);
        assertThat(store.changes).isZero();
    }

    @Test
    void thoseThatWaitAtACommit_areStoredTogether_unlessTheyAreFarApart() {
        CountingStore store = new CountingStore();
        PendingCheckouts pending = new PendingCheckouts(store, 16L << 20);
        for (int i = 0; i < 100; i++) {
            pending.add(checkout(i, "id" + i, 0, i));
        }
        pending.add(checkout(60_001, "later", 0, 100));
        pending.writeBehind();
        pending.writeBehind();
        assertThat(store.changes).isEqualTo(2);
        pending.takeBefore(50, Integer.MAX_VALUE, taken::add);
        assertThat(taken).hasSize(50);
        pending.writeBehind();
        assertThat(TestStores.keys(store)).hasSize(2);
        new PendingCheckouts(store, 16L << 20).takeBefore(Long.MAX_VALUE, Integer.MAX_VALUE, taken::add);
        assertThat(takenIds()).hasSize(101).doesNotHaveDuplicates().endsWith("id99", "later");
        assertThat(TestStores.keys(store)).isEmpty();
    }

    @Test
    void moreThanTheHeapShouldHold_isStoredBeforeTheCommit_andTakenInOrderAllTheSame() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("pending");
        PendingCheckouts pending = new PendingCheckouts(store, 16L << 20);
        for (int i = 0; i < 60_000; i++) {
            pending.add(checkout(i * 7919L % 60_000, "id" + i, 0, i));
        }
        assertThat(TestStores.keys(store)).hasSizeGreaterThanOrEqualTo(100);
        pending.takeBefore(60_000, Integer.MAX_VALUE, taken::add);
        assertThat(taken).hasSize(60_000).isSortedAccordingTo(Checkout::inOrderReceived);
        assertThat(TestStores.keys(store)).isEmpty();
    }

    @Test
    void hugeCheckouts_areNotGatheredOnTheHeap() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("pending");
        PendingCheckouts pending = new PendingCheckouts(store, 16L << 20);
        for (int i = 0; i < 20; i++) {
            pending.add(checkout(i, "x".repeat(1_000_000) + i, 0, i));
        }
        assertThat(TestStores.keys(store)).as("one in each entry").hasSize(17);
    }

    private static final class CountingStore extends RevertibleStore {
        private int changes;

        CountingStore() {
            super("pending");
        }

        @Override
        public void put(Bytes key, byte @Nullable [] value) {
            changes++;
            super.put(key, value);
        }
    }
}
