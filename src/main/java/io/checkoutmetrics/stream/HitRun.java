package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of neighbouring hits of a partition as one record in their place: at the offset of the first, with the newest time
 * of all. Those that are no checkouts are only counted; the checkouts among them are in it as they were received.
 *
 * @param lastOffset of the last hit
 * @param tallies how many are no checkouts by report suite and slice; the same may be there twice
 * @param checkouts in the order received
 */
record HitRun(long lastOffset, List<HitTally> tallies, List<Kept> checkouts) {
    /**
     * A checkout among them.
     *
     * @param newestBeforeMs the newest time of the run's hits before it, which it is judged by
     */
    record Kept(long newestBeforeMs, ReceivedHit hit) {}

    HitRun {
        tallies = List.copyOf(tallies);
        checkouts = List.copyOf(checkouts);
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter().number(lastOffset).number(tallies.size());
        tallies.forEach(tally -> tally.writeTo(out));
        out.number(checkouts.size());
        checkouts.forEach(kept -> kept.hit.writeTo(out.number(kept.newestBeforeMs)));
        return out.toBytes();
    }

    static HitRun fromBytes(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        long lastOffset = in.number();
        int tallyCount = in.count();
        List<HitTally> tallies = new ArrayList<>(tallyCount);
        for (int i = 0; i < tallyCount; i++) {
            tallies.add(HitTally.readFrom(in));
        }
        int checkoutCount = in.count();
        List<Kept> checkouts = new ArrayList<>(checkoutCount);
        for (int i = 0; i < checkoutCount; i++) {
            checkouts.add(new Kept(in.number(), ReceivedHit.readFrom(in)));
        }
        return new HitRun(lastOffset, tallies, checkouts);
    }
}
