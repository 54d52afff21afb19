package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Slices;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * One run of the job over a timeline, from the first hit until everything is published, in an order that its seed
 * decides: which task goes on and by how much, when the clock moves, when threads commit, crash, stop and share out
 * their tasks anew.
 */
final class SimulatedRun {
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long QUIET_AT_LAST_MS = 10_000;
    private static final int MOST_ROUNDS = 1_000;
    private static final int ALL = Integer.MAX_VALUE / 2;

    private final SimulatedTimeline timeline;
    private final long seed;
    private final Random random;
    private final SimulatedSchedule schedule;
    private final SimulatedCluster cluster;
    private final long completeToMs;
    private final long stopMs;
    private int received;
    private int crashes;

    SimulatedRun(SimulatedTimeline timeline, WriterSchemas schemas, long seed, boolean live) {
        this.timeline = timeline;
        this.seed = seed;
        random = new Random(seed);
        schedule = SimulatedSchedule.draw(random, live);
        long lastMs = timeline.lastReceivedMs();
        long startMs = live ? timeline.firstReceivedMs() : lastMs + 24 * HOUR_MS;
        long delayMs = timeline.settings().pace().watermarkDelay().toMillis();
        completeToMs = live ? Slices.ceil(lastMs + memoryMs(), HOUR_MS) : lastMs + 1;
        stopMs = live ? completeToMs + delayMs - QUIET_AT_LAST_MS : Long.MAX_VALUE;
        cluster = new SimulatedCluster(timeline.settings(), schemas, schedule.partitions(), !live, startMs);
    }

    /** How long after a hit its last interval is surely closed. */
    private long memoryMs() {
        long longestMs = timeline.settings().rolling().intervals().stream()
                .mapToLong(Slices::longestMs)
                .max()
                .orElseThrow();
        return longestMs + timeline.settings().rolling().grace().toMillis() + QUIET_AT_LAST_MS;
    }

    /** Goes through the whole run. */
    void go() {
        cluster.rebalance(random, schedule.threads());
        cluster.isSlowBy(schedule.slownessMs());
        receiveUntil(schedule.live() ? cluster.nowMs() : timeline.lastReceivedMs());
        int most = 30 * timeline.hits().size() + 500;
        for (int steps = 0; schedule.live() ? cluster.nowMs() < stopMs : steps < most && !cluster.isEnded(); steps++) {
            step();
        }
        settle();
        if (schedule.live()) {
            cluster.clockIs(stopMs + QUIET_AT_LAST_MS);
            settle();
        }
        crashWhenAllIsDone();
    }

    /** Now nothing is lost and nothing may come again, so it counts as no crash. */
    private void crashWhenAllIsDone() {
        cluster.threads().forEach(thread -> cluster.crash(thread, random.nextBoolean()));
        settle();
    }

    private void step() {
        int dice = random.nextInt(1_000);
        if ((dice -= schedule.crashes()) < 0) {
            crashSoon();
        } else if ((dice -= schedule.downs()) < 0) {
            stop();
        } else if ((dice -= schedule.rebalances()) < 0) {
            cluster.rebalance(random, schedule.threads());
        } else if ((dice -= schedule.commits()) < 0) {
            commit(oneOf(cluster.threads()));
        } else if ((dice -= schedule.clockMoves()) < 0) {
            moveClock();
        } else if ((dice -= schedule.punctuations()) < 0) {
            punctuate(oneOf(cluster.tasks()));
        } else {
            process();
        }
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** At once, or in the middle of what a processor sends next. */
    private void crashSoon() {
        SimulatedThread thread = oneOf(cluster.threads());
        if (thread.isDown()) {
            return;
        }
        if (random.nextBoolean()) {
            thread.failAfter(1 + random.nextInt(12));
        } else {
            crash(thread);
        }
    }

    private void crash(SimulatedThread thread) {
        crashes++;
        cluster.crash(thread, random.nextBoolean());
    }

    /** One thread or all stop, orderly or not, and come back when the clock has gone on. */
    private void stop() {
        boolean all = random.nextBoolean();
        SimulatedThread one = oneOf(cluster.threads());
        long untilMs = cluster.nowMs() + random.nextInt(schedule.live() ? 200_000 : 2_000);
        for (SimulatedThread thread : cluster.threads()) {
            if ((all || thread == one) && !thread.isDown()) {
                if (random.nextBoolean()) {
                    thread.commit();
                } else {
                    crash(thread);
                }
                thread.goDown(untilMs);
            }
        }
    }

    private static void commit(SimulatedThread thread) {
        if (!thread.isDown()) {
            thread.commit();
        }
    }

    private void moveClock() {
        long nowMs = cluster.nowMs();
        long toMs;
        if (!schedule.live()) {
            toMs = nowMs + 1 + random.nextInt(500);
        } else if (received < timeline.hits().size()) {
            long nextMs = timeline.hits().get(received).receivedMs();
            toMs = switch (random.nextInt(10)) {
                case 0, 1 -> nowMs + 1 + random.nextInt(1_000);
                case 2 -> nowMs + 1 + random.nextInt(20_000);
                case 3 -> nowMs + 1 + random.nextInt(90_000);
                default -> nextMs;
            };
        } else {
            toMs = nowMs + 1 + random.nextInt(random.nextBoolean() ? 10_000 : 900_000);
        }
        moveClockTo(Math.min(toMs, stopMs));
    }

    private void moveClockTo(long toMs) {
        cluster.clockIs(toMs);
        if (schedule.live()) {
            receiveUntil(toMs);
        }
        if (random.nextInt(10) > 2) {
            cluster.input().ask();
        }
        cluster.comeUp();
    }

    private void receiveUntil(long timeMs) {
        List<TimelineHits.Received> hits = timeline.hits();
        while (received < hits.size() && hits.get(received).receivedMs() <= timeMs) {
            TimelineHits.Received hit = hits.get(received++);
            cluster.receive(random.nextInt(schedule.partitions()), hit.value(), hit.receivedMs());
        }
    }

    private void process() {
        int number = random.nextInt(cluster.tasks().size());
        SimulatedTask<?, ?> task = cluster.tasks().get(number);
        boolean slow = number == schedule.slowTask() && random.nextInt(20) > 0;
        if (!slow && !task.thread().isDown()) {
            int fetched = random.nextInt(4) == 0 ? ALL : random.nextInt(schedule.mostAtOnce() + 1);
            int processed = random.nextInt(schedule.mostAtOnce() + 1);
            attempt(task, () -> cluster.process(task, fetched, processed));
        }
    }

    private void punctuate(SimulatedTask<?, ?> task) {
        if (!task.thread().isDown()) {
            attempt(task, task::punctuate);
        }
    }

    private void attempt(SimulatedTask<?, ?> task, Runnable work) {
        try {
            work.run();
        } catch (SimulatedThread.Failure e) {
            crash(task.thread());
        }
    }

    /** Everything comes back and goes on, without failing, until nothing moves any more. */
    private void settle() {
        cluster.isSlowBy(0);
        cluster.threads().forEach(thread -> {
            if (thread.isDown()) {
                thread.goDown(cluster.nowMs());
            } else {
                thread.commit();
            }
        });
        int clockMoves = schedule.live() ? 0 : 3; // no more, for watermarks are repeated as long as the clock goes on
        int rounds = 0;
        for (int still = 0; still < 2; still++) {
            if (++rounds > MOST_ROUNDS) {
                throw new IllegalStateException("something moves for ever");
            }
            moveClockTo(clockMoves-- > 0 ? cluster.nowMs() + 1_000 : cluster.nowMs());
            cluster.input().ask();
            for (SimulatedTask<?, ?> task : cluster.tasks()) {
                if (cluster.process(task, ALL, ALL) > 0) {
                    still = -1;
                }
                task.punctuate();
            }
            cluster.threads().forEach(SimulatedThread::commit);
        }
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    /** The input is complete up to here in the end, and everything published that can be said of it. */
    long completeToMs() {
        return completeToMs;
    }

    int crashes() {
        return crashes;
    }

    /** Whether what is told as of a moment is told before anything that came later is counted. */
    boolean isNeverAhead() {
        return schedule.partitions() == 1 && schedule.slownessMs() == 0;
    }

    @Override
    public String toString() {
        return "run " + seed + " of timeline " + timeline.seed() + " with " + timeline.assignments() + " as "
                + schedule;
    }
}
