package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The windowed state store: all series of a partition with their slices and sums, one entry each, and as of when the
 * sums hold. Series are worked on in memory, where the latest stay, and written before a commit: a series costs one entry of the
 * store and its changelog, however many slices of however many kinds it changed in between.
 *
 * <p>Keys of series are JSON arrays and begin with a bracket; the store's own entries begin with a letter.
 */
final class SeriesStore {
    private static final Bytes AS_OF = Bytes.wrap("as-of".getBytes(StandardCharsets.UTF_8));
    private static final Bytes LAYOUT = Bytes.wrap("layout".getBytes(StandardCharsets.UTF_8));
    private static final byte SERIES_BEGINS = '[';
    private static final int SLICES_OF_SERIES = 25;
    private static final int BYTES_OF_SLICE = 100;

    private static final class Held {
        private final RollingSeries series;
        private boolean isStored;
        private boolean isChanged;
        private int slices;

        Held(RollingSeries series, boolean isStored) {
            this.series = series;
            this.isStored = isStored;
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final SlicePlan plan;
    private @Nullable VisitorStore visitors;
    /** The one used last comes last. */
    private final LinkedHashMap<Bytes, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Held> changed = new ArrayList<>();
    private final int mostInMemory;
    private int slicesInMemory;
    private OptionalLong asOf;
    private OptionalLong movedFrom = OptionalLong.empty();
    private long historyToMs;
    private boolean isTimeStored = true;

    /**
     * @param mostInMemory so many series are kept as objects, fewer if they have very many slices
     * @throws IncompatibleStateException when the stored sums are of other windows than these
     */
    SeriesStore(KeyValueStore<Bytes, byte[]> store, Settings.Rolling rolling, SlicePlan plan, int mostInMemory) {
        this.store = store;
        this.plan = plan;
        this.mostInMemory = mostInMemory;
        requireLayout(layout(rolling));
        byte[] bytes = store.get(AS_OF);
        if (bytes == null) {
            asOf = OptionalLong.empty();
        } else {
            BinaryReader in = new BinaryReader(bytes);
            asOf = OptionalLong.of(in.number());
            historyToMs = in.number();
            movedFrom = in.hasMore() ? OptionalLong.of(in.number()) : OptionalLong.empty();
        }
    }

    private void requireLayout(byte[] layout) {
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

    /** Whether it is the key of what is there before anything is counted. */
    static boolean isLayout(byte[] key) {
        return Arrays.equals(key, LAYOUT.get());
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

    /** From now on the visitors of all series are counted, too. To be called before any series is asked for. */
    void keepVisitorsIn(VisitorStore visitorStore) {
        visitors = visitorStore;
    }

    /** As of when the sums hold; empty before the first watermark. */
    OptionalLong asOfMs() {
        return asOf;
    }

    void setAsOfMs(long asOfMs) {
        isTimeStored &= asOf.isPresent() && asOf.getAsLong() == asOfMs;
        asOf = OptionalLong.of(asOfMs);
    }

    /** All series begin to be moved there, from where they all are. */
    void beginMove(long toMs) {
        if (movedFrom.isPresent()) {
            throw new IllegalStateException("the move before is not over");
        }
        movedFrom = asOf;
        setAsOfMs(toMs);
        isTimeStored = false;
    }

    /** All series are moved. */
    void endMove() {
        movedFrom = OptionalLong.empty();
        isTimeStored = false;
    }

    /** As of when the sums of those series hold that have not been moved yet; empty if all are. */
    OptionalLong movedFromMs() {
        return movedFrom;
    }

    /** Up to when all is history that nobody waits for, whether the sums have come there or not. */
    long historyToMs() {
        return historyToMs;
    }

    void setHistoryToMs(long timeMs) {
        isTimeStored &= historyToMs == timeMs;
        historyToMs = timeMs;
    }

    /** A series to look at, until the store is asked for another; null if there is none. */
    @Nullable
    RollingSeries get(Bytes key) {
        Held found = find(key);
        return found == null ? null : found.series;
    }

    /** A series to change, until the store is asked for another; a new one that nothing was counted for if need be. */
    RollingSeries change(Bytes key) {
        Held found = find(key);
        if (found == null) {
            found = new Held(new RollingSeries(key, plan), false);
            hold(found);
        }
        if (!found.isChanged) {
            found.isChanged = true;
            changed.add(found);
        }
        return found.series;
    }

    private @Nullable Held find(Bytes key) {
        Held found = held.get(key);
        if (found == null) {
            byte[] bytes = store.get(key);
            if (bytes == null) {
                return null;
            }
            found = new Held(RollingSeries.fromBytes(key, bytes, plan), true);
            hold(found);
        }
        return found;
    }

    private void hold(Held series) {
        if (visitors != null) {
            series.series.keepVisitorsIn(visitors);
        }
        if (held.size() >= mostInMemory) {
            writeBehind();
            releaseHalf();
        }
        held.put(series.series.key(), series);
    }

    /** Gives the keys of all series there were at the last commit. */
    void forEachStoredKey(Consumer<Bytes> taker) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                Bytes key = entries.next().key;
                if (key.get()[0] == SERIES_BEGINS) {
                    taker.accept(key);
                }
            }
        }
    }

    /** Gives all series, as they were at the last commit. */
    void forEachStored(Consumer<RollingSeries> taker) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (entry.key.get()[0] == SERIES_BEGINS) {
                    taker.accept(RollingSeries.fromBytes(entry.key, entry.value, plan));
                }
            }
        }
    }

    /** Writes what has changed to the store. */
    void writeBehind() {
        for (Held one : changed) {
            one.isChanged = false;
            write(one);
        }
        changed.clear();
        if (visitors != null) {
            visitors.writeBehind();
        }
        if (!isTimeStored) {
            BinaryWriter out = new BinaryWriter().number(asOf.orElseThrow()).number(historyToMs);
            movedFrom.ifPresent(out::number);
            store.put(AS_OF, out.toBytes());
            isTimeStored = true;
        }
        if (slicesInMemory > SLICES_OF_SERIES * mostInMemory) {
            releaseHalf();
        }
    }

    private void write(Held one) {
        Bytes key = one.series.key();
        slicesInMemory -= one.slices;
        one.slices = one.series.slices().size() + one.series.visitors().heapBytes() / BYTES_OF_SLICE;
        slicesInMemory += one.slices;
        if (!one.series.isBlank()) {
            one.series.visitors().writeBehind();
            store.put(key, one.series.toBytes());
            one.isStored = true;
        } else {
            held.remove(key);
            one.series.visitors().forget();
            if (one.isStored) {
                store.delete(key);
            }
        }
    }

    /** Lets go of the series used least recently, all of which are written. */
    private void releaseHalf() {
        int kept = held.size() / 2;
        Iterator<Held> eldest = held.values().iterator();
        while (held.size() > kept) {
            slicesInMemory -= eldest.next().slices;
            eldest.remove();
        }
    }
}
