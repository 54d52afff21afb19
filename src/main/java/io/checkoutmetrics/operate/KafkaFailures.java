package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** What failures of Kafka's clients mean to a user: which setting is wrong, or who does not answer. */
public final class KafkaFailures {
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    static final String SILENCE_REMEDY = "Start Kafka, or correct the address and the security settings.";

    private KafkaFailures() {}

    /** Why no client could be made of these settings. */
    public static RuntimeException atCreation(KafkaException failure, Settings settings) {
        String cause = FailurePolicy.describe(failure);
        if (cause.startsWith(UNRESOLVED)) {
            return new NoAnswerException(
                    "kafka.bootstrap.servers: no host of " + brokers(settings)
                            + " can be found. Correct the address, or see to it that its name resolves.",
                    failure);
        }
        return new InvalidSettingsException("kafka.*: no client can be made of these settings: " + cause
                + ". Correct the setting, or leave it out.");
    }

    /** Nobody answered in time. */
    public static NoAnswerException noAnswer(Throwable failure, Settings settings, Duration within) {
        return new NoAnswerException(
                "kafka.bootstrap.servers: " + silence(settings, within) + " " + SILENCE_REMEDY, failure);
    }

    static String silence(Settings settings, Duration within) {
        return "no broker answers at " + brokers(settings) + " within " + within.toSeconds() + " s.";
    }

    private static String brokers(Settings settings) {
        return settings.kafka().getOrDefault("bootstrap.servers", "");
    }
}
