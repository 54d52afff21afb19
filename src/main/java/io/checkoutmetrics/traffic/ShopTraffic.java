package io.checkoutmetrics.traffic;

import io.checkoutmetrics.feed.ReceivedHit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Made-up traffic of some shops, for want of real one. Time comes in; the hits received by then go out. The same seed
 * and start give the same hits, however often one asks in between. It starts in the middle: visits that began before
 * are under way. Not thread-safe.
 */
public final class ShopTraffic {
    /** Hits per second that make a lively demonstration, on average over a week. */
    public static final double LIVELY = 300;

    private static final long SLOT_MS = 1_000;
    private static final double LARGEST_DRAW = 30;

    private final long seed;
    private final double visitsPerSecond;
    private final List<Shop> shops = Shop.all();
    private final PriorityQueue<ReceivedHit> ahead =
            new PriorityQueue<>(Comparator.comparingLong(ReceivedHit::receivedMs)
                    .thenComparing(received -> String.valueOf(received.hit().getHitId())));
    private long nextSlotMs;

    /**
     * @param hitsPerSecond of all shops together, on average over a week
     * @param start of the traffic
     */
    public ShopTraffic(long seed, double hitsPerSecond, Instant start) {
        this.seed = seed;
        this.visitsPerSecond = hitsPerSecond / Visit.MEAN_HITS;
        nextSlotMs = Math.floorDiv(start.toEpochMilli() - Visit.LONGEST_MS, SLOT_MS) * SLOT_MS;
        until(start);
    }

    /** The hits received since it was last asked, or since the start, and before that moment, in the order received. */
    public List<ReceivedHit> until(Instant moment) {
        long untilMs = moment.toEpochMilli();
        for (; nextSlotMs < untilMs; nextSlotMs += SLOT_MS) {
            for (int i = 0; i < shops.size(); i++) {
                beginVisits(shops.get(i), new SplittableRandom(mixed(nextSlotMs, i)));
            }
        }
        List<ReceivedHit> received = new ArrayList<>();
        for (ReceivedHit next = ahead.peek(); next != null && next.receivedMs() < untilMs; next = ahead.peek()) {
            received.add(next);
            ahead.remove();
        }
        return received;
    }

    private void beginVisits(Shop shop, RandomGenerator random) {
        double busy = Rhythm.at(Instant.ofEpochMilli(nextSlotMs).atZone(shop.zone()));
        double expected = visitsPerSecond * shop.share() * busy * SLOT_MS / 1_000;
        for (int visits = poisson(expected, random); visits > 0; visits--) {
            ahead.addAll(Visit.walk(shop, random, nextSlotMs + random.nextLong(SLOT_MS)));
        }
    }

    /** Every slot and shop draws for itself, so that what comes out does not depend on when it is asked for. */
    private long mixed(long slotMs, int shop) {
        return new SplittableRandom(seed ^ (slotMs * 0x9E3779B97F4A7C15L) ^ ((shop + 1) * 0xC2B2AE3D27D4EB4FL))
                .nextLong();
    }

    /** Knuth's way, in parts small enough for its product not to vanish. */
    private static int poisson(double expected, RandomGenerator random) {
        int events = 0;
        for (double rest = expected; rest > 0; rest -= LARGEST_DRAW) {
            double limit = Math.exp(-Math.min(rest, LARGEST_DRAW));
            for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
                events++;
            }
        }
        return events;
    }
}
