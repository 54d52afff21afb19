package io.checkoutmetrics.visitor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * How many different fingerprints were added: exactly up to {@link #MOST_EXACT}, beyond that as a HyperLogLog sketch of 16,384
 * registers estimates it, with a relative standard error of 0.81 %: 95 of 100 estimates are within 1.6 %.
 *
 * <p>The number depends on what was added alone, not on its order, nor on whether it came one by one or as parts that were
 * stored. Not thread-safe.
 */
public final class Distinct {
    /** Up to here the number is exact. */
    public static final int MOST_EXACT = 1_024;

    private static final int LG_REGISTERS = 14;
    private static final int FEWEST_PLACES = 16;
    private static final byte EXACT = 0;
    private static final byte SKETCH = 1;
    private static final int BYTES_OF_SKETCH = 17_000;

    /** Open addressing, at most half full; {@link Fingerprint#NONE} is a free place. Those that are used come first. */
    private long[] places;

    private int used;
    private int size;
    /** Holds everything as soon as it is there. */
    private @Nullable Union sketch;

    public Distinct() {
        this(0);
    }

    /** @param expected about how many there will be; it saves time to say so */
    public Distinct(long expected) {
        used = placesFor(expected);
        places = new long[used];
    }

    /** A power of two. */
    private static int placesFor(long expected) {
        long most = Math.min(expected, MOST_EXACT);
        return (int) Math.max(FEWEST_PLACES, 2 * Long.highestOneBit(2 * most - 1));
    }

    /**
     * Forgets what was added. That takes less time than a new one does.
     *
     * @param expected about how many will be added
     */
    public void clear(long expected) {
        used = placesFor(expected);
        if (used > places.length) {
            places = new long[used];
        } else {
            Arrays.fill(places, 0, used, Fingerprint.NONE);
        }
        size = 0;
        sketch = null;
    }

    /** Another one of the same, that goes its own way. */
    public Distinct copy() {
        Distinct copy = new Distinct();
        copy.places = Arrays.copyOf(places, used);
        copy.used = used;
        copy.size = size;
        if (sketch != null) {
            Union union = new Union(LG_REGISTERS);
            union.update(sketch.getResult(TgtHllType.HLL_8));
            copy.sketch = union;
        }
        return copy;
    }

    /** Adds one; {@link Fingerprint#NONE} adds nothing. */
    public void add(long fingerprint) {
        if (fingerprint == Fingerprint.NONE) {
            return;
        }
        if (sketch != null) {
            sketch.update(fingerprint);
            return;
        }
        int place = placeOf(places, used, fingerprint);
        if (places[place] == fingerprint) {
            return;
        }
        places[place] = fingerprint;
        size++;
        if (size > MOST_EXACT) {
            estimateFromNowOn();
        } else if (2 * size > used) {
            grow();
        }
    }

    /** Adds all that {@link #toBytes()} wrote. */
    public void add(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        if (in.get() == EXACT) {
            while (in.hasRemaining()) {
                add(in.getLong());
            }
        } else {
            byte[] bytes = new byte[in.remaining()];
            in.get(bytes);
            estimateFromNowOn().update(HllSketch.heapify(bytes));
        }
    }

    private Union estimateFromNowOn() {
        Union union = sketch;
        if (union == null) {
            union = new Union(LG_REGISTERS);
            for (int place = 0; place < used; place++) {
                if (places[place] != Fingerprint.NONE) {
                    union.update(places[place]);
                }
            }
            sketch = union;
            places = new long[0];
            used = 0;
        }
        return union;
    }

    private void grow() {
        long[] larger = new long[2 * used];
        for (int place = 0; place < used; place++) {
            if (places[place] != Fingerprint.NONE) {
                larger[placeOf(larger, larger.length, places[place])] = places[place];
            }
        }
        places = larger;
        used = larger.length;
    }

    /** Where it is of so many places, or where it would have to be put. */
    private static int placeOf(long[] places, int used, long fingerprint) {
        int mask = used - 1;
        int place = (int) fingerprint & mask;
        while (places[place] != Fingerprint.NONE && places[place] != fingerprint) {
            place = place + 1 & mask;
        }
        return place;
    }

    /** How many different ones there are, or about how many if that is more than {@link #MOST_EXACT}. */
    public long count() {
        // HllSketch's own estimate is better for one that was never merged, so it would depend on the way here.
        return sketch == null ? size : Math.max(MOST_EXACT + 1, Math.round(sketch.getCompositeEstimate()));
    }

    /** About how many bytes it takes on the heap. */
    public int heapBytes() {
        return sketch == null ? Long.BYTES * places.length : BYTES_OF_SKETCH;
    }

    /** At most 8.3 KB. */
    public byte[] toBytes() {
        if (sketch == null) {
            ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES * size).put(EXACT);
            for (int place = 0; place < used; place++) {
                if (places[place] != Fingerprint.NONE) {
                    out.putLong(places[place]);
                }
            }
            return out.array();
        }
        byte[] bytes = sketch.getResult(TgtHllType.HLL_4).toCompactByteArray();
        return ByteBuffer.allocate(1 + bytes.length).put(SKETCH).put(bytes).array();
    }
}
