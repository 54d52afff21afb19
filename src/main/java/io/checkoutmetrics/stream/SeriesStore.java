package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Window;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The running sums of all series, and as of when they hold, in a logged store. Keys of series are JSON arrays and begin
 * with a bracket; the store's own entries begin with a letter.
 */
final class SeriesStore {
    private static final Bytes AS_OF = Bytes.wrap("as-of".getBytes(StandardCharsets.UTF_8));
    private static final Bytes LAYOUT = Bytes.wrap("layout".getBytes(StandardCharsets.UTF_8));
    private static final byte SERIES_BEGINS = '[';

    private final KeyValueStore<Bytes, byte[]> store;
    private final int windows;

    /** @throws IncompatibleStateException when the stored sums are of other windows than these */
    SeriesStore(KeyValueStore<Bytes, byte[]> store, Settings.Rolling rolling) {
        this.store = store;
        this.windows = rolling.windows().size();
        byte[] layout = layout(rolling);
        byte[] stored = store.get(LAYOUT);
        if (stored == null) {
            store.put(LAYOUT, layout);
        } else if (!Arrays.equals(stored, layout)) {
            throw new IncompatibleStateException("the stored counts are of other windows, intervals or grace ("
                    + new String(stored, StandardCharsets.UTF_8) + ") than the settings ask for ("
                    + new String(layout, StandardCharsets.UTF_8)
                    + "). Set them back, or start anew under another application.id.");
        }
    }

    private static byte[] layout(Settings.Rolling rolling) {
        StringBuilder layout = new StringBuilder("windows");
        for (Window window : rolling.windows()) {
            layout.append(' ').append(window.sizeMs()).append('/').append(window.slideMs());
        }
        layout.append(", intervals");
        rolling.intervals().forEach(interval -> layout.append(' ').append(interval));
        layout.append(", grace ").append(rolling.grace().toMillis());
        return layout.append(", in ms").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Nullable
    RollingSeries get(Bytes seriesKey) {
        byte[] bytes = store.get(seriesKey);
        return bytes == null ? null : RollingSeries.fromBytes(bytes);
    }

    /** The stored series, or a new one that nothing was counted for. */
    RollingSeries getOrNew(Bytes seriesKey) {
        RollingSeries stored = get(seriesKey);
        return stored == null ? new RollingSeries(windows) : stored;
    }

    void put(Bytes seriesKey, RollingSeries series) {
        store.put(seriesKey, series.toBytes());
    }

    void forget(Bytes seriesKey) {
        store.delete(seriesKey);
    }

    void forEach(BiConsumer<Bytes, RollingSeries> taker) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (entry.key.get()[0] == SERIES_BEGINS) {
                    taker.accept(entry.key, RollingSeries.fromBytes(entry.value));
                }
            }
        }
    }

    /** As of when the sums hold; empty before the first watermark. */
    OptionalLong asOfMs() {
        byte[] bytes = store.get(AS_OF);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(new BinaryReader(bytes).number());
    }

    void setAsOfMs(long asOfMs) {
        store.put(AS_OF, new BinaryWriter().number(asOfMs).toBytes());
    }
}
