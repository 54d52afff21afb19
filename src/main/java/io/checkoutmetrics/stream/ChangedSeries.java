package io.checkoutmetrics.stream;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The series that changed since they were given last, by their keys. Some are on the heap and are given first; the rest,
 * of very many, wait in a store.
 */
final class ChangedSeries {
    private static final byte[] FIRST = {};

    private final TreeSet<Bytes> next = new TreeSet<>();
    private final StoredKeys later;
    private final int mostNext;
    private byte[] laterFrom = FIRST;
    private @Nullable Bytes lastGiven;

    /** @param mostNext so many are on the heap */
    ChangedSeries(StoredKeys later, int mostNext) {
        this.later = later;
        this.mostNext = mostNext;
    }

    boolean isEmpty() {
        return next.isEmpty() && later.isEmpty();
    }

    void add(Bytes key) {
        if (later.isEmpty() && next.size() < mostNext) {
            next.add(key);
        } else if (!next.contains(key)) {
            later.add(key.get());
        }
    }

    void remove(Bytes key) {
        if (!next.remove(key)) {
            later.remove(key.get());
        }
    }

    /**
     * Gives, and takes out, one after the other in the order of their keys. Those left over come first the next time,
     * however often the others change meanwhile.
     *
     * @param mayGoOn asked before each
     */
    void drain(BooleanSupplier mayGoOn, Consumer<Bytes> taker) {
        while (!isEmpty() && mayGoOn.getAsBoolean()) {
            if (next.isEmpty()) {
                bringNext();
            }
            Bytes higher = lastGiven == null ? null : next.higher(lastGiven);
            lastGiven = higher == null ? next.first() : higher;
            next.remove(lastGiven);
            taker.accept(lastGiven);
        }
        if (isEmpty()) {
            lastGiven = null;
            laterFrom = FIRST;
        }
    }

    private void bringNext() {
        List<byte[]> brought = later.take(laterFrom, mostNext);
        if (brought.isEmpty()) {
            brought = later.take(FIRST, mostNext);
        }
        brought.forEach(key -> next.add(Bytes.wrap(key)));
        byte[] last = brought.get(brought.size() - 1);
        laterFrom = Arrays.copyOf(last, last.length + 1);
        lastGiven = null;
    }
}
