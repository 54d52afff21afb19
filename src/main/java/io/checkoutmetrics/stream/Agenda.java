package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * When each series is to be looked at next, in the order of time, then key. The series itself has that time, too, so the
 * agenda can be made anew from the series. What comes first is on the heap, and the rest, of very many series, in a store.
 */
final class Agenda {
    /** A series is to be looked at then. */
    record Entry(long timeMs, Bytes key) implements Comparable<Entry> {
        private static final Comparator<Entry> ORDER =
                Comparator.comparingLong(Entry::timeMs).thenComparing(Entry::key);

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }

        private byte[] toBytes() {
            return ByteBuffer.allocate(Long.BYTES + key.get().length)
                    .putLong(timeMs)
                    .put(key.get())
                    .array();
        }

        private static Entry fromBytes(byte[] bytes) {
            return new Entry(
                    ByteBuffer.wrap(bytes).getLong(), Bytes.wrap(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
        }

        /** Comes after this one, and before all others that do. */
        private Entry next() {
            return new Entry(timeMs, Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1)));
        }
    }

    static final long NEVER = Long.MAX_VALUE;

    private final TreeSet<Entry> near = new TreeSet<>();
    private final StoredKeys far;
    private final int mostNear;
    private final ToLongFunction<RollingSeries> timeOf;
    private final ObjLongConsumer<RollingSeries> setTime;
    /** What comes before is near, all else is far; null if all is near. */
    private @Nullable Entry firstFar;

    /**
     * @param far takes what does not come soon
     * @param mostNear so many are on the heap, 2 or more
     * @param timeOf the time that a series has for this agenda
     */
    Agenda(StoredKeys far, int mostNear, ToLongFunction<RollingSeries> timeOf, ObjLongConsumer<RollingSeries> setTime) {
        this.far = far;
        this.mostNear = mostNear;
        this.timeOf = timeOf;
        this.setTime = setTime;
    }

    /** A series that has its time from an agenda before this one, and is not in this one yet. */
    void restore(RollingSeries series) {
        add(series, timeOf.applyAsLong(series), far::addNew);
    }

    void set(RollingSeries series, long timeMs) {
        long before = timeOf.applyAsLong(series);
        if (before == timeMs) {
            return;
        }
        if (before != NEVER) {
            remove(new Entry(before, series.key()));
        }
        add(series, timeMs, far::add);
        setTime.accept(series, timeMs);
    }

    /** No later than then. */
    void bringForward(RollingSeries series, long timeMs) {
        if (timeMs < timeOf.applyAsLong(series)) {
            set(series, timeMs);
        }
    }

    /** The first time a series is to be looked at. */
    OptionalLong firstMs() {
        bringNear();
        return near.isEmpty() ? OptionalLong.empty() : OptionalLong.of(near.first().timeMs);
    }

    /** How many series are to be looked at some time. */
    long size() {
        return near.size() + far.size();
    }

    /** Takes out what comes first, if it comes by then; else null. {@link #taken} is to follow. */
    @Nullable
    Entry takeUpTo(long timeMs) {
        bringNear();
        return near.isEmpty() || near.first().timeMs > timeMs ? null : near.pollFirst();
    }

    /** The series of an entry was found. A series that was forgotten meanwhile may have begun anew, with other times. */
    void taken(Entry entry, RollingSeries series) {
        if (timeOf.applyAsLong(series) == entry.timeMs) {
            setTime.accept(series, NEVER);
        }
    }

    private boolean isNear(Entry entry) {
        return firstFar == null || entry.compareTo(firstFar) < 0;
    }

    private void add(RollingSeries series, long timeMs, Consumer<byte[]> toFar) {
        if (timeMs == NEVER) {
            return;
        }
        Entry entry = new Entry(timeMs, series.key());
        if (!isNear(entry)) {
            toFar.accept(entry.toBytes());
            return;
        }
        near.add(entry);
        if (near.size() > mostNear) {
            while (near.size() > mostNear / 2) {
                firstFar = near.pollLast();
                far.add(firstFar.toBytes());
            }
        }
    }

    private void remove(Entry entry) {
        if (isNear(entry)) {
            near.remove(entry);
        } else {
            far.remove(entry.toBytes());
        }
    }

    private void bringNear() {
        if (!near.isEmpty() || firstFar == null) {
            return;
        }
        far.take(firstFar.toBytes(), mostNear / 2).forEach(bytes -> near.add(Entry.fromBytes(bytes)));
        firstFar = far.isEmpty() ? null : near.last().next();
    }
}
