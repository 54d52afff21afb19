package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the job once brokers answer, however long that takes: a machine, a cluster or a name service may well come up after
 * the job does. What waiting cannot mend is not waited for: settings that are wrong, brokers that do not let us in.
 */
public final class PatientStart {
    private static final Logger LOG = LoggerFactory.getLogger(PatientStart.class);
    private static final Duration ASK_FOR = Duration.ofSeconds(5);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Settings settings;
    private final Clock clock;
    private final BooleanSupplier isToEnd;
    private final Consumer<String> say;
    private Instant saidAt = Instant.MIN;

    /**
     * @param isToEnd whether to give up; asked several times a second while nobody answers
     * @param say told why it waits: at once, and every so often
     */
    public PatientStart(Settings settings, Clock clock, BooleanSupplier isToEnd, Consumer<String> say) {
        this.settings = settings;
        this.clock = clock;
        this.isToEnd = isToEnd;
        this.say = say;
    }

    /**
     * The job, started; empty if it was told to end before it could be.
     *
     * @throws JobException when brokers answer, and it cannot start
     * @throws io.checkoutmetrics.config.InvalidSettingsException when settings are wrong, whether brokers answer or not
     */
    public Optional<Job> job() {
        StreamsSettings.check(settings);
        Instant since = clock.instant();
        while (!isToEnd.getAsBoolean()) {
            try {
                if (answers()) {
                    Job job = Job.start(settings);
                    if (!saidAt.equals(Instant.MIN)) {
                        LOG.info("Kafka answers, after {} s", waited(since));
                    }
                    return Optional.of(job);
                }
                sayIfDue(KafkaFailures.silence(settings, Duration.between(since, clock.instant())) + " "
                        + KafkaFailures.SILENCE_REMEDY);
            } catch (NoAnswerException e) {
                sayIfDue(String.valueOf(e.getMessage()));
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
        return Optional.empty();
    }

    private long waited(Instant since) {
        return Duration.between(since, clock.instant()).toSeconds();
    }

    private void sayIfDue(String why) {
        Instant now = clock.instant();
        if (!isToEnd.getAsBoolean() && saidAt.isBefore(now.minus(SAY_AGAIN))) {
            saidAt = now;
            say.accept(why);
        }
    }

    /** Any answer will do, a refusal too: what it means the preflight says. */
    private boolean answers() {
        try (JobClients clients = JobClients.open(settings)) {
            KafkaFuture<?> answer = clients.admin()
                    .describeCluster(new DescribeClusterOptions().timeoutMs(KafkaAnswers.withinMs()))
                    .nodes();
            Instant until = clock.instant().plus(ASK_FOR);
            while (!answer.isDone() && clock.instant().isBefore(until) && !isToEnd.getAsBoolean()) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
            return answer.isDone();
        }
    }
}
