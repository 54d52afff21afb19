package io.checkoutmetrics.operate;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.stream.IncompatibleStateException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private final Throwable passing = new StreamsException("a task failed", new TimeoutException("no answer"));

    private final MutableClock clock = new MutableClock();
    private final List<Throwable> failures = new ArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final FailurePolicy failurePolicy = new FailurePolicy(clock, Duration.ZERO, refusals::incrementAndGet);
    private final StreamsUncaughtExceptionHandler policy = failurePolicy.remembering(failures::add);

    @Test
    void threadThatDies_isReplacedThreeTimes_thenTheJobStops() {
        for (int i = 0; i < 3; i++) {
            assertThat(policy.handle(passing)).isEqualTo(REPLACE_THREAD);
            clock.move(Duration.ofMinutes(3));
        }
        assertThat(policy.handle(passing)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures).hasSize(4);
    }

    @Test
    void onceTenMinutesHavePassed_aReplacementIsForgotten() {
        for (int i = 0; i < 3; i++) {
            policy.handle(passing);
        }
        clock.move(Duration.ofMinutes(10));
        assertThat(policy.handle(passing)).isEqualTo(SHUTDOWN_CLIENT);
        clock.move(Duration.ofMillis(1));
        for (int i = 0; i < 3; i++) {
            assertThat(policy.handle(passing)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(policy.handle(passing)).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void whatAnotherTryCannotMend_stopsTheJobAtOnce_whateverWrapsIt() {
        assertThat(policy.handle(new StackOverflowError())).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new StreamsException("wrapped", new OutOfMemoryError("heap"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new StreamsException("wrapped", new IncompatibleStateException("other windows"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new StreamsException(
                        "wrapped", new IOException("While appending to file: 000012.sst: No space left on device"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new StreamsException(
                        "wrapped",
                        new NoClassDefFoundError("com/example/Part")
                                .initCause(new ClassNotFoundException("com.example.Part")))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(passing)).as("none of them was a replacement").isEqualTo(REPLACE_THREAD);
        assertThat(failures).hasSize(6);
    }

    @Test
    void missingAcl_isWaitedForForEver_andTold() {
        Throwable topic = new StreamsException("x", new TopicAuthorizationException(Set.of("hits")));
        Throwable commit = new StreamsException(
                "x", new KafkaException("Unexpected error in TxnOffsetCommitResponse: Topic authorization failed."));
        for (int i = 0; i < 10; i++) {
            assertThat(policy.handle(topic)).isEqualTo(REPLACE_THREAD);
            assertThat(policy.handle(commit)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(refusals).hasValue(20);
        for (int i = 0; i < 3; i++) {
            assertThat(policy.handle(passing)).as("none of them counted").isEqualTo(REPLACE_THREAD);
        }
        assertThat(policy.handle(passing)).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void waitForAnAcl_endsAtOnce_whenTheJobIsClosed() {
        FailurePolicy[] closed = new FailurePolicy[1];
        closed[0] = new FailurePolicy(clock, Duration.ofDays(1), () -> closed[0].expectEnd());
        assertThat(closed[0].remembering(failures::add).handle(new TopicAuthorizationException(Set.of("hits"))))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void failuresOfTheEngine_areToldWithTheirRemedy() {
        assertThat(FailurePolicy.describe(new StreamsException("x", new IOException("No space left on device"))))
                .startsWith("the disk of state.dir is full")
                .contains("start again: nothing is lost");
        assertThat(FailurePolicy.describe(new MissingSourceTopicException("One or more source topics were missing")))
                .startsWith("the input topic, or a topic between the stages, is not there")
                .contains("application.id");
        assertThat(FailurePolicy.describe(new ClassNotFoundException("com.example.Part")))
                .startsWith("the class com.example.Part is not on the class path");
        assertThat(FailurePolicy.describe(new TopicAuthorizationException(Set.of("checkout-metrics"))))
                .contains("[checkout-metrics]", "\"topology\" prints the ACLs");
    }

    @Test
    void failuresThatCauseEachOther_areHandledAllTheSame() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);
        assertThat(policy.handle(second)).isEqualTo(REPLACE_THREAD);
    }

    @Test
    void description_isTheInnermostCause_orItsNameWhenItSaysNothing() {
        assertThat(FailurePolicy.describe(passing)).isEqualTo("no answer");
        assertThat(FailurePolicy.describe(new StackOverflowError())).isEqualTo("StackOverflowError");
    }
}
