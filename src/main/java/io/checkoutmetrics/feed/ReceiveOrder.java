package io.checkoutmetrics.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts hits into the order in which they were received: takes them in any order, gives them back by received time,
 * those of the same time in the order in which they came. The same input always gives the same output.
 *
 * <p>An external merge sort. Hits are kept as Avro in memory up to a budget; when it is used up they are sorted and
 * written to a file, a run. At the end the runs are merged, at most {@value SortedRuns#FAN_IN} at a time. Example: 10 GB
 * of hits at 64 MiB are 160 runs, merged to 3, then given out: each hit is written twice at most. The disk needs room for
 * twice the hits in Avro; the files go away with {@link #close()}, whatever happened.
 *
 * <p>Not for several threads.
 */
public final class ReceiveOrder implements Closeable {
    public static final long DEFAULT_BUDGET_BYTES = 64L << 20;

    /** What a hit takes in memory besides its bytes: object headers, reference, padding. */
    private static final int OVERHEAD_BYTES = 64;

    private final SortedRuns runs;
    private final long budgetBytes;
    private final HitBytes codec = new HitBytes();
    private final List<Entry> entries = new ArrayList<>();
    private long entryBytes;
    private long size;

    /** A hit as it is held and written. */
    record Entry(long receivedMs, byte[] hit) {}

    /** @param folder for temporary files; must exist */
    public ReceiveOrder(Path folder) {
        this(folder, DEFAULT_BUDGET_BYTES);
    }

    /**
     * @param folder for temporary files; must exist
     * @param budgetBytes of memory for hits. Buffers of 64 KiB per run being merged come on top, 4 MiB at most
     */
    public ReceiveOrder(Path folder, long budgetBytes) {
        this(folder, budgetBytes, SortedRuns.FAN_IN);
    }

    ReceiveOrder(Path folder, long budgetBytes, int fanIn) {
        this.runs = new SortedRuns(folder, fanIn);
        this.budgetBytes = budgetBytes;
    }

    /**
     * Takes a hit.
     *
     * @throws UncheckedIOException if the folder cannot be written to, for example because its disk is full
     */
    public void add(ReceivedHit hit) {
        try {
            byte[] bytes = codec.encode(hit.hit());
            entries.add(new Entry(hit.receivedMs(), bytes));
            entryBytes += bytes.length + OVERHEAD_BYTES;
            size++;
            if (entryBytes >= budgetBytes) {
                spill();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many hits were added. */
    public long size() {
        return size;
    }

    /**
     * Gives back all hits, in order, once: afterwards there are none.
     *
     * @throws UncheckedIOException if the folder cannot be written to or read
     */
    public void drain(Consumer<ReceivedHit> hits) {
        try {
            if (runs.isEmpty()) {
                sortEntries();
                for (Entry entry : entries) {
                    hits.accept(received(entry));
                }
                forgetEntries();
            } else {
                spill();
                runs.merge(entry -> hits.accept(received(entry)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the temporary files. */
    @Override
    public void close() throws IOException {
        forgetEntries();
        runs.close();
    }

    private void spill() throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        sortEntries();
        runs.add(entries);
        forgetEntries();
    }

    private void sortEntries() {
        // List.sort is stable, so ties stay in order of arrival.
        entries.sort(Comparator.comparingLong(Entry::receivedMs));
    }

    private void forgetEntries() {
        entries.clear();
        entryBytes = 0;
    }

    private ReceivedHit received(Entry entry) throws IOException {
        return new ReceivedHit(codec.decode(entry.hit()), entry.receivedMs());
    }
}
