package io.checkoutmetrics.operate;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka's answers to an administrator's questions, each waited for a bounded time. */
final class KafkaAnswers {
    /** How long a request may take; the options of every request say so too. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    private static final Duration SPARE = Duration.ofSeconds(1);

    private KafkaAnswers() {}

    static int withinMs() {
        return (int) WITHIN.toMillis();
    }

    /** @throws KafkaException Kafka's own of its kind, or a timeout */
    static <T> T of(KafkaFuture<T> answer) {
        try {
            return answer.get(WITHIN.plus(SPARE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer within " + WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
