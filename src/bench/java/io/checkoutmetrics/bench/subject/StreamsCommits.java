package io.checkoutmetrics.bench.subject;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How often the stream threads of this process have committed. Not thread-safe. */
final class StreamsCommits {
    private static final long ASK_AGAIN_NANOS = 2_000_000;
    private static final long FIND_AGAIN_NANOS = 1_000_000_000;
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private Set<ObjectName> threads = Set.of();
    private long foundNanos = System.nanoTime() - FIND_AGAIN_NANOS;

    /** Is asked often, so the threads are looked for but once a second. */
    long total() {
        if (System.nanoTime() - foundNanos >= FIND_AGAIN_NANOS) {
            threads = find();
            foundNanos = System.nanoTime();
        }
        return Math.round(threads.stream().mapToDouble(StreamsCommits::commits).sum());
    }

    private static Set<ObjectName> find() {
        try {
            return BEANS.queryNames(new ObjectName("kafka.streams:type=stream-thread-metrics,*"), null);
        } catch (JMException e) {
            throw new IllegalStateException("Kafka Streams tells no commits", e);
        }
    }

    private static double commits(ObjectName thread) {
        try {
            return (Double) BEANS.getAttribute(thread, "commit-total");
        } catch (AttributeNotFoundException | InstanceNotFoundException e) {
            return 0; // a thread that is just starting, or never commits
        } catch (JMException e) {
            throw new IllegalStateException("Kafka Streams tells no commits", e);
        }
    }

    /** Waits for a commit after {@code before} of them, but not for ever: perhaps there is nothing to commit. */
    void awaitNext(long before, Duration most) {
        long untilNanos = System.nanoTime() + most.toNanos();
        while (total() <= before && System.nanoTime() < untilNanos) {
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
    }
}
