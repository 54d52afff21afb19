package io.checkoutmetrics.visitor;

/**
 * When each fingerprint came last. Of stretches of time that all last until now, that tells for each how many different ones it
 * holds, in one go. For few fingerprints: it is made anew whenever it is asked.
 */
public final class Latest {
    private final long[] places;
    private final long[] timesMs;

    /** @param most fingerprints that will be added: half of the places are free then */
    public Latest(int most) {
        int size = 4 * Integer.highestOneBit(Math.max(1, most - 1));
        places = new long[size];
        timesMs = new long[size];
    }

    /** A fingerprint was there at some time; {@link Fingerprint#NONE} is nobody. */
    public void add(long fingerprint, long timeMs) {
        if (fingerprint != Fingerprint.NONE) {
            int place = Distinct.placeOf(places, fingerprint);
            timesMs[place] = places[place] == fingerprint ? Math.max(timesMs[place], timeMs) : timeMs;
            places[place] = fingerprint;
        }
    }

    /** How many different ones there were at each of these times or after it. */
    public long[] since(long[] fromMs) {
        long[] counts = new long[fromMs.length];
        for (int place = 0; place < places.length; place++) {
            if (places[place] != Fingerprint.NONE) {
                for (int i = 0; i < fromMs.length; i++) {
                    counts[i] += timesMs[place] >= fromMs[i] ? 1 : 0;
                }
            }
        }
        return counts;
    }
}
