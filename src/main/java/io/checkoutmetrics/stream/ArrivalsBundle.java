package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * What one input partition received for one shard, since the bundle before: in one record, since each record costs as
 * much as a good many checkouts.
 */
record ArrivalsBundle(List<Checkout> checkouts, List<HitTally> tallies) implements ToCount {
    ArrivalsBundle {
        checkouts = List.copyOf(checkouts);
        tallies = List.copyOf(tallies);
    }

    void writeTo(BinaryWriter out) {
        Checkout.writeAll(checkouts, out);
        out.number(tallies.size());
        tallies.forEach(tally -> tally.writeTo(out));
    }

    static ArrivalsBundle readFrom(BinaryReader in) {
        List<Checkout> checkouts = Checkout.readAll(in);
        int size = in.count();
        List<HitTally> tallies = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tallies.add(HitTally.readFrom(in));
        }
        return new ArrivalsBundle(checkouts, tallies);
    }
}
