package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Watermark;
import io.checkoutmetrics.window.Watermarks;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The watermarks of a stage's sources, kept in a logged store: what they promised holds after a restart. */
final class SourceProgress {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Watermarks watermarks;

    /** Sources are numbered 0 to {@code sources - 1}. */
    SourceProgress(KeyValueStore<Bytes, byte[]> store, int sources) {
        this.store = store;
        this.watermarks = new Watermarks(sources);
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                SourceWatermark stored = SourceWatermark.readFrom(new BinaryReader(entry.value));
                watermarks.update(stored.source(), stored.watermark());
            }
        }
    }

    void update(SourceWatermark said) {
        Watermark kept = watermarks.update(said.source(), said.watermark());
        BinaryWriter out = new BinaryWriter();
        new SourceWatermark(said.source(), kept).writeTo(out);
        store.put(Bytes.wrap(new BinaryWriter().number(said.source()).toBytes()), out.toBytes());
    }

    /** What all sources together have completely received; empty while one has not spoken. */
    Optional<Watermark> minimum() {
        return watermarks.minimum();
    }
}
