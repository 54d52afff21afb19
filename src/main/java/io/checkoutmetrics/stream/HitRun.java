package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.CheckoutHit;
import java.util.List;

/**
 * A run of neighbouring hits of a partition, for which one record stands: at the offset of the first, with the newest time
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
     * @param reading what the hit says
     */
    record Kept(long newestBeforeMs, ReceivedHit hit, CheckoutHit reading) {}

    HitRun {
        tallies = List.copyOf(tallies);
        checkouts = List.copyOf(checkouts);
    }
}
