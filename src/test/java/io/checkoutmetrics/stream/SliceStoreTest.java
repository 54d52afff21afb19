package io.checkoutmetrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class SliceStoreTest {
    private static final Slices TENS = Slices.every(10);
    private static final Slices TWENTIES = Slices.every(20);

    private static Bytes series(String name) {
        return Bytes.wrap(("[" + name).getBytes(UTF_8));
    }

    private static void add(SliceStore slices, Slices kind, long timeMs, Bytes series, Counts counts) {
        slices.add(kind, timeMs, series, counts);
        slices.store();
    }

    @Test
    void countsOfOneSlice_addUp() {
        SliceStore slices = new SliceStore(TestStores.inMemory("slices"));
        add(slices, TENS, 31, series("a"), Counts.ofCheckout(2));
        add(slices, TENS, 39, series("a"), Counts.ofCheckout(3));
        List<Counts> found = new ArrayList<>();
        slices.range(TENS, 30, 40, (series, start, counts) -> found.add(counts));
        assertThat(found).containsExactly(new Counts(2, 5, 0));
    }

    @Test
    void afterARestart_itIsKnownWhereSlicesAre() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("slices");
        add(new SliceStore(store), TENS, 31, series("a"), Counts.ofCheckout(1));
        SliceStore again = new SliceStore(store);
        assertThat(again.firstAtOrAfter(TENS, 0)).hasValue(30);
        assertThat(again.firstAtOrAfter(TENS, 31)).isEmpty();
        assertThat(again.firstAtOrAfter(TWENTIES, 0)).isEmpty();
    }

    @Test
    void forget_leavesOtherWidthsAndWhatStartsAtTheEnd() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("slices");
        SliceStore slices = new SliceStore(store);
        for (long time = 0; time < 60; time += 10) {
            add(slices, TENS, time, series("a"), Counts.ofHits(1));
            add(slices, TWENTIES, time, series("a"), Counts.ofHits(1));
        }
        slices.forget(TENS, 10, 40);
        assertThat(slices.firstAtOrAfter(TENS, 1)).hasValue(40);
        assertThat(slices.firstAtOrAfter(TENS, 0)).hasValue(0);
        assertThat(slices.firstAtOrAfter(TWENTIES, 20)).hasValue(20);
        assertThat(TestStores.keys(store)).hasSize(3 + 3);
    }

    /** The engine's cache evicts entries while others are deleted: those have to be deleted all the same. */
    @Test
    void cacheThatIsMuchTooSmall_forgetsEverySlice() {
        TestStores.inTheEngine(Stores.ofRoll(), 20_000, context -> {
            KeyValueStore<Bytes, byte[]> store = context.getStateStore(Stores.SLICES);
            SliceStore slices = new SliceStore(store);
            for (int i = 0; i < 2_000; i++) {
                add(slices, TENS, i % 10, series("item" + i), Counts.ofHits(1));
            }
            slices.forget(TENS, 0, 10);
            assertThat(TestStores.keys(store)).isEmpty();
        });
    }

    @Property
    void range_givesTheSlicesOfOneWidthAndRange_inTheOrderOfTimeThenSeries(
            @ForAll @Size(max = 20) List<@From("slots") Integer> slots) {
        SliceStore slices = new SliceStore(TestStores.inMemory("slices"));
        TreeMap<String, Long> expected = new TreeMap<>();
        for (int slot : slots) {
            String name = "" + slot % 3;
            add(slices, TENS, slot * 3L, series(name), Counts.ofHits(1));
            add(slices, TWENTIES, slot * 3L, series("0"), Counts.ofHits(1));
            long start = slot * 3L / 10 * 10;
            if (start >= 50 && start < 120) {
                expected.merge("%05d[%s".formatted(start, name), 1L, Long::sum);
            }
        }
        List<String> found = new ArrayList<>();
        slices.range(TENS, 50, 120, (series, start, counts) -> {
            String key = "%05d%s".formatted(start, new String(series.get(), UTF_8));
            found.add(key);
            assertThat(counts.hits()).isEqualTo(expected.get(key));
        });
        assertThat(found).containsExactlyElementsOf(expected.keySet());
    }

    @Provide
    Arbitrary<Integer> slots() {
        return Arbitraries.integers().between(0, 60);
    }
}
