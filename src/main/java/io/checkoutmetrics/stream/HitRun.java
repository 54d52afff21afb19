package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of neighbouring hits of a partition that are no checkouts, as one record in their place: at the offset of the
 * first, with the newest time of all.
 *
 * @param lastOffset of the last of them
 * @param tallies how many they are by report suite and slice; the same may be there twice
 */
record HitRun(long lastOffset, List<HitTally> tallies) {
    HitRun {
        tallies = List.copyOf(tallies);
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter().number(lastOffset).number(tallies.size());
        tallies.forEach(tally -> tally.writeTo(out));
        return out.toBytes();
    }

    static HitRun fromBytes(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        long lastOffset = in.number();
        int count = in.count();
        List<HitTally> tallies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tallies.add(HitTally.readFrom(in));
        }
        return new HitRun(lastOffset, tallies);
    }
}
