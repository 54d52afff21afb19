package io.checkoutmetrics.subscriber;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Tells brokers that cannot be reached from a topic to which nothing comes. A consumer says nothing of either, but brokers
 * answer every fetch within half a second ({@code fetch.max.wait.ms}), if only with nothing.
 */
final class BrokerSilence {
    private static final Duration LASTS_AFTER = Duration.ofSeconds(10);

    private final Metric answers;
    private double answersBefore;
    private long pollsWithoutAnswer;
    private long sinceNanos;

    /** @param consumer to be polled several times a second while this is asked */
    BrokerSilence(Consumer<?, ?> consumer) {
        answers = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("response-total")
                        && metric.metricName().group().equals("consumer-metrics"))
                .findFirst()
                .orElseThrow();
    }

    /** To be asked after each poll: whether no broker has answered for {@link #LASTS_AFTER}, through several polls. */
    boolean lasts() {
        double now = (Double) answers.metricValue();
        if (now != answersBefore || pollsWithoutAnswer == 0) {
            answersBefore = now;
            pollsWithoutAnswer = 1;
            sinceNanos = System.nanoTime();
            return false;
        }
        pollsWithoutAnswer++;
        return pollsWithoutAnswer > 10 && System.nanoTime() - sinceNanos > LASTS_AFTER.toNanos();
    }
}
