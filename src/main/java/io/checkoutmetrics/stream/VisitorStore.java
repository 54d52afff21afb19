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
 * slice of each kind that pages of its {@link VisitorLog} were folded into, and one for full pages in a row that came in
 * the same commit. Such a row ends before each number that is a multiple of {@link #PAGES_TOGETHER}, and a log begins with one, so that nobody
 * needs a part of it. The end of the log is stored with the series itself, which is written whenever something is added to it.
 */
final class VisitorStore {
    /** Time, size of the pages, generation. To a store that makes others, pages are of no use. */
    static final Bytes SINCE = Bytes.wrap("counted-since".getBytes(StandardCharsets.UTF_8));

    /** What is left of it is written with each commit in which something came: some hundred bytes on the average. */
    private static final int PAGE_SIZE = 16;

    /** An entry costs more than what is in it. */
    private static final int PAGES_TOGETHER = 16;

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
    private final int pagesTogether;
    private final int mostLogged;
    private final DistinctVisitors lent = new DistinctVisitors();
    private long sinceMs;
    private long generation;
    private boolean isSinceStored;

    /** @param asOfMs up to when everything was counted; empty if nothing was */
    VisitorStore(KeyValueStore<Bytes, byte[]> store, SlicePlan plan, OptionalLong asOfMs) {
        this(store, plan, asOfMs, PAGE_SIZE, PAGES_TOGETHER, MOST_LOGGED);
    }

    /**
     * @param pageSize entries in a page of a log
     * @param pagesTogether pages in an entry of the store, at most
     * @param mostLogged entries in a log, at least twice as many as these pages have
     */
    VisitorStore(
            KeyValueStore<Bytes, byte[]> store,
            SlicePlan plan,
            OptionalLong asOfMs,
            int pageSize,
            int pagesTogether,
            int mostLogged) {
        this.store = store;
        this.plan = plan;
        this.pageSize = pageSize;
        this.pagesTogether = pagesTogether;
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

    /** An empty one for about so many, to be used until another is asked for: most answers need one for a moment. */
    DistinctVisitors emptyFor(long expected) {
        lent.clear(expected);
        return lent;
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

    /** Of so many pages from one on: how many there are up to the last place where no row goes on. */
    int inWholeRows(long firstPage, int pages) {
        return (int) Math.max(0, Math.floorDiv(firstPage + pages, pagesTogether) * pagesTogether - firstPage);
    }

    /**
     * Gives pages {@code [from, to)} to a log; returns whether all were there. A row that begins where another has not ended is
     * of a time that did not last: a crash without transactions may leave it behind.
     */
    boolean readPages(Bytes series, long from, long to, VisitorLog log) {
        if (from == to) {
            return true;
        }
        long next = from;
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(pageKey(series, from), pageKey(series, to - 1))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (lastNumber(row.key) == next) {
                    for (BinaryReader in = new BinaryReader(row.value); in.hasMore(); next++) {
                        log.readPage(in);
                    }
                }
            }
        }
        return next == to;
    }

    private static long lastNumber(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES);
    }

    /** Stores pages {@code [from, to)} of a log. */
    void writePages(Bytes series, VisitorLog log, long from, long to) {
        for (long page = from; page < to; ) {
            long first = page;
            long end = Math.min(to, (Math.floorDiv(first, pagesTogether) + 1) * pagesTogether);
            BinaryWriter row = new BinaryWriter();
            for (; page < end; page++) {
                log.writePage((int) (page - log.firstPage()), row);
            }
            store.put(pageKey(series, first), row.toBytes());
        }
    }

    /** Forgets pages {@code [from, to)}. */
    void deletePages(Bytes series, long from, long to) {
        delete(pageKey(series, from), pageKey(series, to - 1));
    }

    byte @Nullable [] slice(Bytes series, int kind, long startMs) {
        return store.get(sliceKey(series, kind, startMs));
    }

    void putSlice(Bytes series, int kind, long startMs, byte[] bytes) {
        store.put(sliceKey(series, kind, startMs), bytes);
    }

    /** Gives the slices of a kind that start in {@code [fromMs, toMs)}. */
    void forEachSlice(Bytes series, int kind, long fromMs, long toMs, Consumer<byte[]> taker) {
        if (fromMs >= toMs) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> slices =
                store.range(sliceKey(series, kind, fromMs), sliceKey(series, kind, toMs - 1))) {
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
