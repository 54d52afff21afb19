package io.checkoutmetrics.feed;

import io.checkoutmetrics.feed.ReceiveOrder.Entry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorted runs of hits in temporary files, in the order in which they were filled. A file holds, per hit: received time
 * (8 bytes), length (4 bytes), the hit as Avro binary.
 */
final class SortedRuns implements Closeable {
    /** Most runs merged, and so files open, at a time. */
    static final int FAN_IN = 64;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final int fanIn;
    private List<Path> runs = new ArrayList<>();

    /** Every file that may still exist. */
    private final List<Path> files = new ArrayList<>();

    /** Takes hits in order. */
    interface Sink {
        void accept(Entry entry) throws IOException;
    }

    SortedRuns(Path folder, int fanIn) {
        if (fanIn < 2) {
            throw new IllegalArgumentException("fan-in must be 2 or more: " + fanIn);
        }
        this.folder = folder;
        this.fanIn = fanIn;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Writes a run; the entries must be sorted, and later than those of earlier runs where times are equal. */
    void add(List<Entry> sorted) throws IOException {
        runs.add(write(sink -> {
            for (Entry entry : sorted) {
                sink.accept(entry);
            }
        }));
    }

    /** Gives out all entries in order and forgets them. */
    void merge(Sink sink) throws IOException {
        while (runs.size() > fanIn) {
            runs = mergeNeighbours(runs);
        }
        merge(runs, sink);
        close();
    }

    @Override
    public void close() throws IOException {
        runs = new ArrayList<>();
        delete(List.copyOf(files));
    }

    /** One pass: each group of neighbours becomes one run, so that the runs' order still tells ties apart. */
    private List<Path> mergeNeighbours(List<Path> inputs) throws IOException {
        List<Path> merged = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i += fanIn) {
            List<Path> group = inputs.subList(i, Math.min(i + fanIn, inputs.size()));
            if (group.size() == 1) {
                merged.add(group.get(0));
            } else {
                merged.add(write(sink -> merge(group, sink)));
                delete(group);
            }
        }
        return merged;
    }

    private static void merge(List<Path> inputs, Sink sink) throws IOException {
        PriorityQueue<Cursor> heads =
                new PriorityQueue<>(Comparator.comparingLong(Cursor::receivedMs).thenComparingInt(Cursor::rank));
        List<Cursor> cursors = new ArrayList<>();
        try {
            for (Path input : inputs) {
                Cursor cursor = new Cursor(input, cursors.size());
                cursors.add(cursor);
                if (cursor.advance()) {
                    heads.add(cursor);
                }
            }
            for (Cursor head = heads.poll(); head != null; head = heads.poll()) {
                sink.accept(head.take());
                if (head.advance()) {
                    heads.add(head);
                }
            }
        } finally {
            for (Cursor cursor : cursors) {
                cursor.close();
            }
        }
    }

    private interface Content {
        void writeTo(Sink sink) throws IOException;
    }

    private Path write(Content content) throws IOException {
        Path file = Files.createTempFile(folder, "hits-", ".run");
        files.add(file);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
            content.writeTo(entry -> {
                out.writeLong(entry.receivedMs());
                out.writeInt(entry.hit().length);
                out.write(entry.hit());
            });
        }
        return file;
    }

    private void delete(List<Path> done) throws IOException {
        for (Path file : done) {
            Files.deleteIfExists(file);
            files.remove(file);
        }
    }

    /** A place in a run. Of the hit ahead only the time is in memory: hits may be large, and runs many. */
    private static final class Cursor implements Closeable {
        private final DataInputStream in;
        private final int rank;
        private long receivedMs;

        Cursor(Path file, int rank) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
            this.rank = rank;
        }

        long receivedMs() {
            return receivedMs;
        }

        /** The run's place among those that are merged: the earlier one wins ties. */
        int rank() {
            return rank;
        }

        /** Moves to the next hit; false at the end. */
        boolean advance() throws IOException {
            try {
                receivedMs = in.readLong();
                return true;
            } catch (EOFException e) {
                return false;
            }
        }

        Entry take() throws IOException {
            byte[] hit = new byte[in.readInt()];
            in.readFully(hit);
            return new Entry(receivedMs, hit);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
