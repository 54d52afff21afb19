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

    /** Open addressing, at most half full; {@link Fingerprint#NONE} is a free place. */
    private long[] places;

    private int size;
    /** Holds everything as soon as it is there. */
    private @Nullable Union sketch;

    public Distinct() {
        this(0);
    }

    /** @param expected about how many there will be; it saves time to say so */
    public Distinct(long expected) {
        long most = Math.min(expected, MOST_EXACT);
        places = new long[(int) Math.max(FEWEST_PLACES, 2 * Long.highestOneBit(2 * most - 1))];
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
        int place = placeOf(places, fingerprint);
        if (places[place] == fingerprint) {
            return;
        }
        places[place] = fingerprint;
        size++;
        if (size > MOST_EXACT) {
            estimateFromNowOn();
        } else if (2 * size > places.length) {
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
            for (long fingerprint : places) {
                if (fingerprint != Fingerprint.NONE) {
                    union.update(fingerprint);
                }
            }
            sketch = union;
            places = new long[0];
        }
        return union;
    }

    private void grow() {
        long[] larger = new long[2 * places.length];
        for (long fingerprint : places) {
            if (fingerprint != Fingerprint.NONE) {
                larger[placeOf(larger, fingerprint)] = fingerprint;
            }
        }
        places = larger;
    }

    /** Where it is, or where it would have to be put. */
    static int placeOf(long[] places, long fingerprint) {
        int mask = places.length - 1;
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
            Arrays.stream(places)
                    .filter(fingerprint -> fingerprint != Fingerprint.NONE)
                    .forEach(out::putLong);
            return out.array();
        }
        byte[] bytes = sketch.getResult(TgtHllType.HLL_4).toCompactByteArray();
        return ByteBuffer.allocate(1 + bytes.length).put(SKETCH).put(bytes).array();
    }
}
