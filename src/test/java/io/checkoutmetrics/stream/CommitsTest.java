package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/** When a stage asks for a commit, at most every 100 ms, by the times at which the engine lets it. */
class CommitsTest {
    private final MockProcessorContext<Void, Void> engine = new MockProcessorContext<>();
    private final Commits commits;

    CommitsTest() {
        engine.setCurrentSystemTimeMs(0);
        commits = new Commits(engine, Duration.ofMillis(100));
    }

    private boolean isAskedWhenSentAt(long nowMs) {
        engine.setCurrentSystemTimeMs(nowMs);
        commits.soon();
        return isAsked();
    }

    private boolean isAskedWhenCalledAt(long nowMs) {
        engine.setCurrentSystemTimeMs(nowMs);
        engine.scheduledPunctuators().get(0).getPunctuator().punctuate(nowMs);
        return isAsked();
    }

    private boolean isAsked() {
        boolean isAsked = engine.committed();
        engine.resetCommit();
        return isAsked;
    }

    @Test
    void nothingSent_asksForNothing() {
        assertThat(isAskedWhenCalledAt(100)).isFalse();
        assertThat(isAskedWhenCalledAt(200)).isFalse();
    }

    @Test
    void sent_asksAtOnce_andAMomentLaterIfThatWasJustNow() {
        assertThat(isAskedWhenSentAt(10)).isTrue();
        assertThat(isAskedWhenSentAt(60)).isFalse();
        assertThat(isAskedWhenCalledAt(100)).isFalse();
        assertThat(isAskedWhenSentAt(110)).isTrue();
        assertThat(isAskedWhenCalledAt(200)).isFalse();
    }

    @Test
    void threadThatWasHeldUp_worksForAWhile_beforeTheNextCommit() {
        assertThat(isAskedWhenSentAt(10)).isTrue();
        assertThat(isAskedWhenSentAt(700))
                .as("a commit of 600 ms, and what is due right after it")
                .isFalse();
        assertThat(isAskedWhenCalledAt(701)).isFalse();
        assertThat(isAskedWhenSentAt(799)).isFalse();
        assertThat(isAskedWhenCalledAt(801)).isTrue();
    }

    @Test
    void clockThatIsSetBack_holdsNothingUp() {
        assertThat(isAskedWhenSentAt(10)).isTrue();
        assertThat(isAskedWhenSentAt(100_000)).isFalse();
        assertThat(isAskedWhenSentAt(5_000)).isTrue();
    }
}
