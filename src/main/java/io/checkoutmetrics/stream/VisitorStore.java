package io.checkoutmetrics.stream;

import io.checkoutmetrics.visitor.Distinct;
import io.checkoutmetrics.window.Slices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of the visitors of all series of a partition, and since when that is everything. A series has one entry for each
 * full page of its {@link VisitorLog}, and one for each slice of each kind that pages were folded into; the end of the log is
 * stored with the series itself, which is written whenever something is added to it.
 */
final class VisitorStore {
    /** Time, size of the pages, generation. To a store that makes others, pages are of no use. */
    static final Bytes SINCE = Bytes.wrap("counted-since".getBytes(StandardCharsets.UTF_8));

    /** What is left of it is written with each commit in which something came: some hundred bytes on the average. */
    private static final int PAGE_SIZE = 16;

    /** The more are folded at once, the fewer sketches are read and written for it. */
    private static final int MOST_LOGGED = 4 * Distinct.MOST_EXACT;

    /** Between the key of a series, which has none, and what follows. */
    private static final byte NO_PART_OF_A_KEY = 0;

    private static final byte PAGE = 'p';
    private static final byte SLICE = 's';
    private static final byte AFTER_SLICES = 't';

    private final KeyValueStore<Bytes, byte[]> store;
    private final SlicePlan plan;
    private final int pageSize;
    private final int mostLogged;
    private long sinceMs;
    private long generation;
    private boolean isSinceStored;

    /** @param asOfMs up to when everything was counted; empty if nothing was */
    VisitorStore(KeyValueStore<Bytes, byte[]> store, SlicePlan plan, OptionalLong asOfMs) {
        this(store, plan, asOfMs, PAGE_SIZE, MOST_LOGGED);
    }

    /**
     * @param pageSize entries in a page of a log
     * @param mostLogged entries in a log, a multiple of that
     */
    VisitorStore(
            KeyValueStore<Bytes, byte[]> store, SlicePlan plan, OptionalLong asOfMs, int pageSize, int mostLogged) {
        this.store = store;
        this.plan = plan;
        this.pageSize = pageSize;
        this.mostLogged = mostLogged;
        isSinceStored = readSince();
        if (!isSinceStored) {
            sinceMs = asOfMs.isPresent() ? Slices.ceil(asOfMs.getAsLong(), plan.sliceMs()) : 0;
            generation = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        }
    }

    private boolean readSince() {
        byte[] bytes = store.get(SINCE);
        if (bytes == null) {
            return false;
        }
        BinaryReader in = new BinaryReader(bytes);
        sinceMs = in.number();
        if (!in.hasMore() || in.number() != pageSize) {
            return false;
        }
        generation = in.fixed();
        return true;
    }

    SlicePlan plan() {
        return plan;
    }

    int pageSize() {
        return pageSize;
    }

    int mostLogged() {
        return mostLogged;
    }

    /** Another one whenever nothing before it is of use any more: what is stored of another one is left over. */
    long generation() {
        return generation;
    }

    /** Of all checkouts that happened at or after that time it is known who made them. */
    long sinceMs() {
        return sinceMs;
    }

    /** Of some checkout that happened before that time it is not known. */
    void isUnknownBefore(long timeMs) {
        if (timeMs > sinceMs) {
            sinceMs = timeMs;
            isSinceStored = false;
        }
    }

    /** To be called before each commit. */
    void writeBehind() {
        if (!isSinceStored) {
            BinaryWriter since = new BinaryWriter().number(sinceMs).number(pageSize);
            store.put(SINCE, since.fixed(generation).toBytes());
            isSinceStored = true;
        }
    }

    /** Gives pages {@code [from, to)} to a log; returns whether all were there. */
    boolean readPages(Bytes series, long from, long to, VisitorLog log) {
        if (from == to) {
            return true;
        }
        long read = 0;
        try (KeyValueIterator<Bytes, byte[]> pages = store.range(pageKey(series, from), pageKey(series, to - 1))) {
            for (; pages.hasNext(); read++) {
                log.readPage(new BinaryReader(pages.next().value));
            }
        }
        return read == to - from;
    }

    void putPage(Bytes series, long page, byte[] bytes) {
        store.put(pageKey(series, page), bytes);
    }

    void deletePage(Bytes series, long page) {
        store.delete(pageKey(series, page));
    }

    byte @Nullable [] slice(Bytes series, int kind, long startMs) {
        return store.get(sliceKey(series, kind, startMs));
    }

    void putSlice(Bytes series, int kind, long startMs, byte[] bytes) {
        store.put(sliceKey(series, kind, startMs), bytes);
    }

    /** Gives the slices of a kind that start at or after that time. */
    void forEachSliceFrom(Bytes series, int kind, long fromMs, Consumer<byte[]> taker) {
        try (KeyValueIterator<Bytes, byte[]> slices =
                store.range(sliceKey(series, kind, fromMs), sliceKey(series, kind, Long.MAX_VALUE))) {
            while (slices.hasNext()) {
                taker.accept(slices.next().value);
            }
        }
    }

    /** Forgets the slices of a kind that start in {@code [fromMs, toMs)}. */
    void forgetSlices(Bytes series, int kind, long fromMs, long toMs) {
        delete(sliceKey(series, kind, fromMs), sliceKey(series, kind, toMs - 1));
    }

    /** Nothing is known of the series any more. */
    void forget(Bytes series) {
        delete(pageKey(series, 0), key(series, new byte[] {AFTER_SLICES}));
    }

    private void delete(Bytes from, Bytes to) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                keys.add(entry.key);
            }
        }
        keys.forEach(store::delete);
    }

    private Bytes pageKey(Bytes series, long page) {
        return key(
                series,
                ByteBuffer.allocate(1 + Long.BYTES).put(PAGE).putLong(page).array());
    }

    private Bytes sliceKey(Bytes series, int kind, long startMs) {
        return key(
                series,
                ByteBuffer.allocate(2 + Long.BYTES)
                        .put(SLICE)
                        .put((byte) kind)
                        .putLong(startMs)
                        .array());
    }

    private Bytes key(Bytes series, byte[] part) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + series.get().length + 1 + part.length)
                .putLong(generation)
                .put(series.get())
                .put(NO_PART_OF_A_KEY)
                .put(part)
                .array());
    }
}
