package io.checkoutmetrics.bench.subject;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How often the stream threads of this process have committed. */
final class StreamsCommits {
    private static final long ASK_AGAIN_NANOS = 2_000_000;
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private StreamsCommits() {}

    static long total() {
        try {
            double total = 0;
            for (ObjectName thread :
                    BEANS.queryNames(new ObjectName("kafka.streams:type=stream-thread-metrics,*"), null)) {
                total += (Double) BEANS.getAttribute(thread, "commit-total");
            }
            return Math.round(total);
        } catch (JMException e) {
            throw new IllegalStateException("Kafka Streams tells no commits", e);
        }
    }

    /** Waits for a commit after {@code before} of them, but not for ever: perhaps there is nothing to commit. */
    static void awaitNext(long before, Duration most) {
        long untilNanos = System.nanoTime() + most.toNanos();
        while (total() <= before && System.nanoTime() < untilNanos) {
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
    }
}
