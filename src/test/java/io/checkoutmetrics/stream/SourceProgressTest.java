package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

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
        SourceProgress before = new SourceProgress(store, 2);
        before.update(new SourceWatermark(0, Watermark.active(500)));
        before.update(new SourceWatermark(1, Watermark.idle(300)));
        SourceProgress after = new SourceProgress(store, 2);
        assertThat(after.minimum()).contains(Watermark.active(300));
        after.update(new SourceWatermark(1, Watermark.active(200)));
        assertThat(after.minimum()).contains(Watermark.active(300));
    }

    @Test
    void sourceThatIsNewAfterARestart_holdsEverythingUntilItSpeaks() {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("received");
        new SourceProgress(store, 1).update(new SourceWatermark(0, Watermark.active(500)));
        assertThat(new SourceProgress(store, 2).minimum()).isEmpty();
    }

    @Provide
    Arbitrary<SourceWatermark> said() {
        return InternalRecords.watermarks()
                .map(any -> new SourceWatermark(any.source() % 3, any.watermark()))
                .filter(any -> any.source() >= 0);
    }

    @Property
    void restartsInBetween_changeNothing(
            @ForAll @Size(max = 20) List<@From("said") SourceWatermark> all, @ForAll @Size(20) List<Boolean> restarts) {
        SourceProgress never = new SourceProgress(TestStores.inMemory("received"), 3);
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("received");
        SourceProgress often = new SourceProgress(store, 3);
        for (int i = 0; i < all.size(); i++) {
            never.update(all.get(i));
            often.update(all.get(i));
            if (restarts.get(i)) {
                often = new SourceProgress(store, 3);
            }
            assertThat(often.minimum()).isEqualTo(never.minimum());
        }
    }
}
