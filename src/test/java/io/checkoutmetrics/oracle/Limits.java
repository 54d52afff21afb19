package io.checkoutmetrics.oracle;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the oracle doesn't judge, because the rules alone don't decide it. */
final class Limits {
    private static final int ITEM_BYTES = 255;

    private Limits() {}

    static void check(List<Arrival> arrivals, List<Judged.Checkout> checkouts, Rules rules) {
        checkRecordTimes(arrivals, checkouts, rules);
        for (Judged.Checkout checkout : checkouts) {
            for (String dimension : rules.dimensions()) {
                for (String item : checkout.arrival().items(dimension)) {
                    if (item.getBytes(StandardCharsets.UTF_8).length > ITEM_BYTES) {
                        throw cannotJudge(checkout.arrival(), "an item of " + dimension + " has more than 255 bytes");
                    }
                }
            }
        }
    }

    private static void checkRecordTimes(List<Arrival> arrivals, List<Judged.Checkout> checkouts, Rules rules) {
        Set<Arrival> candidates = new HashSet<>();
        checkouts.forEach(checkout -> candidates.add(checkout.arrival()));
        Map<Integer, Long> newest = new HashMap<>();
        arrivals.stream().sorted(Comparator.comparingLong(Arrival::offset)).forEach(arrival -> {
            long soFar = newest.merge(arrival.partition(), arrival.recordTimeMs(), Math::max);
            if (soFar - arrival.recordTimeMs() > rules.watermarkDelay().toMillis() && candidates.contains(arrival)) {
                throw cannotJudge(arrival, "its record time goes back by more than watermark.delay");
            }
        });
    }

    private static IllegalArgumentException cannotJudge(Arrival arrival, String why) {
        return new IllegalArgumentException(
                "cannot judge hit " + arrival.partition() + "@" + arrival.offset() + ": " + why);
    }
}
