package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.registry.AvroSafeguards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The items of one dimension of one report suite, in little memory: what is not looked at stays bytes. Of more than
 * {@link #MOST} items those with fewest checkouts in the longest window are forgotten. Not thread-safe.
 */
final class TopItems {
    /** About 4 MB. */
    static final int MOST = 10_000;

    static {
        AvroSafeguards.install(); // it writes and reads Avro by itself
    }

    private static final int FORGOTTEN_OF = 10;

    /** @param checkouts in each window */
    private record Kept(String name, long[] checkouts, byte[] avro) {
        long in(int window) {
            return window < checkouts.length ? checkouts[window] : 0;
        }

        long inLongest() {
            long most = 0;
            for (long count : checkouts) {
                most = Math.max(most, count);
            }
            return most;
        }
    }

    private static final Comparator<Kept> BY_LONGEST =
            Comparator.comparingLong(Kept::inLongest).thenComparing(Kept::name);

    private final Map<String, Kept> byName = new HashMap<>();
    private boolean hasForgotten;

    /** Takes the newest record of an item. */
    void put(CheckoutMetrics metrics) {
        long[] checkouts = metrics.getWindows().stream()
                .mapToLong(window -> window.getCheckouts())
                .toArray();
        byName.put(metrics.getItem(), new Kept(metrics.getItem(), checkouts, bytes(metrics)));
        if (byName.size() > MOST) {
            forgetWeakest();
        }
    }

    /** Makes room: a tenth of the items, and one at least, at once, since to find them each is looked at. */
    void forgetWeakest() {
        hasForgotten = true;
        byName.values().stream()
                .sorted(BY_LONGEST)
                .limit(1 + byName.size() / FORGOTTEN_OF)
                .map(Kept::name)
                .toList()
                .forEach(byName::remove);
    }

    void remove(String item) {
        byName.remove(item);
    }

    boolean has(String item) {
        return byName.containsKey(item);
    }

    int size() {
        return byName.size();
    }

    /** Whether there may be more items than are known here. */
    boolean hasForgotten() {
        return hasForgotten;
    }

    /** The items with most checkouts in that window, most first; those with none are left out. */
    List<CheckoutMetrics> top(int window, int most) {
        return best(window, most).stream().map(kept -> metrics(kept.avro)).toList();
    }

    /** The items that are among the top ones of any window. */
    List<CheckoutMetrics> topOfAny(int windows, int most) {
        Set<Kept> tops = new LinkedHashSet<>();
        for (int window = 0; window < windows; window++) {
            tops.addAll(best(window, most));
        }
        return tops.stream().map(kept -> metrics(kept.avro)).toList();
    }

    private List<Kept> best(int window, int most) {
        Comparator<Kept> worstFirst = Comparator.<Kept>comparingLong(kept -> kept.in(window))
                .thenComparing(Kept::name, Comparator.reverseOrder());
        PriorityQueue<Kept> best = new PriorityQueue<>(worstFirst);
        for (Kept kept : byName.values()) {
            if (kept.in(window) > 0) {
                best.add(kept);
                if (best.size() > most) {
                    best.remove();
                }
            }
        }
        List<Kept> sorted = new ArrayList<>(best);
        sorted.sort(worstFirst.reversed());
        return sorted;
    }

    private static byte[] bytes(CheckoutMetrics metrics) {
        try {
            ByteBuffer buffer = metrics.toByteBuffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CheckoutMetrics metrics(byte[] avro) {
        try {
            return CheckoutMetrics.fromByteBuffer(ByteBuffer.wrap(avro));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
