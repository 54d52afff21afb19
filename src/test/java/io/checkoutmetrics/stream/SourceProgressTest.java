package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.window.Watermark;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class SourceProgressTest {
    @Test
    void afterARestart_aPromiseHolds_andTimeDoesNotGoBack() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("received");
        SourceProgress before = new SourceProgress(store, 2, 1_000);
        before.update(new SourceWatermark(0, Watermark.active(500), 0));
        before.update(new SourceWatermark(1, Watermark.idle(300), 0));
        before.writeBehind();
        SourceProgress after = new SourceProgress(store, 2, 1_000);
        assertThat(after.minimum()).contains(Watermark.active(300));
        after.update(new SourceWatermark(1, Watermark.active(200), 0));
        assertThat(after.minimum()).contains(Watermark.active(300));
    }

    @Test
    void sourceThatHasNotSpoken_holdsEverything_alsoAfterARestart() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("received");
        SourceProgress before = new SourceProgress(store, 2, 1_000);
        before.update(new SourceWatermark(0, Watermark.active(500), 0));
        before.writeBehind();
        SourceProgress after = new SourceProgress(store, 2, 1_000);
        assertThat(after.minimum()).isEmpty();
        assertThat(after.slowest()).isEqualTo(1);
    }

    @Test
    void otherNumberOfSourcesAfterARestart_isRefused_sayingWhatToDo() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("received");
        new SourceProgress(store, 4, 1_000).writeBehind();
        assertThatThrownBy(() -> new SourceProgress(store, 8, 1_000))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("has 8 partitions and had 4")
                .hasMessageContaining("application.id");
    }

    @Test
    void timeThatStandsStill_isMeasuredByTheSourcesClocks_whichNeedNotAgree() {
        SourceProgress progress = new SourceProgress(TestStores.inMemory("received"), 2, 1_000);
        progress.update(new SourceWatermark(0, Watermark.active(500), 1_000));
        progress.update(new SourceWatermark(1, Watermark.active(300), 90_000));
        assertThat(progress.standsStillForMs()).as("a clock that is ahead").isZero();
        progress.update(new SourceWatermark(0, Watermark.active(900), 1_400));
        progress.update(new SourceWatermark(1, Watermark.active(300), 90_500));
        assertThat(progress.standsStillForMs()).isEqualTo(500);
        assertThat(progress.slowest()).isEqualTo(1);
        progress.update(new SourceWatermark(1, Watermark.active(301), 90_600));
        assertThat(progress.standsStillForMs()).isZero();
    }

    @Provide
    Arbitrary<SourceWatermark> said() {
        return InternalRecords.watermarks()
                .map(any -> new SourceWatermark(any.source() % 3, any.watermark(), any.clockMs()))
                .filter(any -> any.source() >= 0);
    }

    @Property
    void restartsInBetween_changeNothing(
            @ForAll @Size(max = 20) List<@From("said") SourceWatermark> all, @ForAll @Size(20) List<Boolean> restarts) {
        SourceProgress never = new SourceProgress(TestStores.inMemory("received"), 3, 1_000);
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("received");
        SourceProgress often = new SourceProgress(store, 3, 1_000);
        for (int i = 0; i < all.size(); i++) {
            never.update(all.get(i));
            often.update(all.get(i));
            if (restarts.get(i)) {
                often.writeBehind();
                often = new SourceProgress(store, 3, 1_000);
            }
            assertThat(often.minimum()).isEqualTo(never.minimum());
        }
    }
}
