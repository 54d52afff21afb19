package io.checkoutmetrics.bench.subject;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the Kafka producers of a process have sent to the broker, compressed as it was, by what the topics are for.
 *
 * @param changelogs of state
 * @param betweenStages to the topics that one stage writes and the next reads
 * @param results to all others
 */
public record SentBytes(long changelogs, long betweenStages, long results) {
    static final SentBytes NONE = new SentBytes(0, 0, 0);

    /** Of the producers that this process has open. */
    static SentBytes now() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        SentBytes sum = NONE;
        try {
            for (ObjectName producer :
                    beans.queryNames(new ObjectName("kafka.producer:type=producer-topic-metrics,*"), null)) {
                long bytes = Math.round((Double) beans.getAttribute(producer, "byte-total"));
                sum = sum.plus(producer.getKeyProperty("topic").replace("\"", ""), bytes);
            }
        } catch (JMException e) {
            throw new IllegalStateException("Kafka's producers do not tell what they sent", e);
        }
        return sum;
    }

    private SentBytes plus(String topic, long bytes) {
        if (topic.endsWith("-changelog")) {
            return new SentBytes(changelogs + bytes, betweenStages, results);
        }
        return topic.endsWith("-repartition")
                ? new SentBytes(changelogs, betweenStages + bytes, results)
                : new SentBytes(changelogs, betweenStages, results + bytes);
    }
}
