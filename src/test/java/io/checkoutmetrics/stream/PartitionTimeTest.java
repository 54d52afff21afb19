package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.window.Watermark;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** When a partition is behind, quiet, or merely not heard of. Times in milliseconds; a hit was received at 100,000. */
class PartitionTimeTest {
    private static final long HIT = 100_000;

    private OptionalLong quietUntil = OptionalLong.empty();
    private OptionalLong waitingFor = OptionalLong.empty();
    private final Arrivals arrivals = new Arrivals(TestStores.inMemory("arrivals"), 1, (shard, bundle) -> {});
    private final PartitionTime time = new PartitionTime(
            new SettingsSource().set("watermark.delay", "0ms").read(), new Horizon(), arrivals, 0, HIT);

    private final class Horizon implements InputHorizon {
        @Override
        public OptionalLong quietUntil(int partition, long nextOffset) {
            return quietUntil;
        }

        @Override
        public OptionalLong waitingForMs(int partition, long nextOffset) {
            return waitingFor;
        }

        @Override
        public boolean isEnded(int partition, long nextOffset) {
            return false;
        }
    }

    private void received() {
        arrivals.hits(new HitTally("eu", HIT, 1), HIT);
        time.taken(1, HIT);
    }

    private Watermark.Mood moodAt(long clockMs) {
        return time.atClock(clockMs).orElseThrow().mood();
    }

    private Watermark.Mood moodWhenWaitingFor(long waitingMs) {
        waitingFor = OptionalLong.of(waitingMs);
        return moodAt(HIT + 100);
    }

    @Test
    void partition_isBehindFromTheStart_untilNextToNothingWaits_andAgainOnceSomethingWaitsForLong() {
        received();
        assertThat(moodWhenWaitingFor(5_000)).isEqualTo(Watermark.Mood.BEHIND);
        assertThat(moodWhenWaitingFor(999)).isEqualTo(Watermark.Mood.ACTIVE);
        assertThat(moodWhenWaitingFor(5_000)).as("a burst").isEqualTo(Watermark.Mood.ACTIVE);
        assertThat(moodWhenWaitingFor(10_000)).isEqualTo(Watermark.Mood.BEHIND);
        assertThat(moodWhenWaitingFor(5_000)).isEqualTo(Watermark.Mood.BEHIND);
    }

    @Test
    void nobodyCanSayWhatWaits_afterTenSecondsItIsTakenToBeOfNow() {
        received();
        assertThat(moodAt(HIT + 9_999)).isEqualTo(Watermark.Mood.BEHIND);
        assertThat(moodAt(HIT + 10_000)).isEqualTo(Watermark.Mood.ACTIVE);
    }

    @Test
    void quietPartition_followsTheClock_onlyAfterTheIdleTimeout_andOnlyAsFarAsItIsKnownToBeEmpty() {
        received();
        waitingFor = OptionalLong.of(0);
        quietUntil = OptionalLong.of(HIT + 4_000);
        assertThat(moodAt(HIT + 4_999)).isEqualTo(Watermark.Mood.ACTIVE);
        assertThat(time.atClock(HIT + 5_000)).contains(Watermark.idle(HIT + 4_000));
    }

    @Test
    void watermarkThatIsNoNews_isRepeatedEverySecond() {
        received();
        Watermark first = time.atClock(HIT + 250).orElseThrow();
        arrivals.flush(first);
        time.passedOn(HIT + 250);
        assertThat(time.atClock(HIT + 1_249)).isEmpty();
        assertThat(time.atClock(HIT + 1_250)).contains(first);
    }

    @Test
    void beforeAnythingCame_thereIsNothingToSay() {
        assertThat(time.atClock(HIT + 60_000)).isEmpty();
        assertThat(time.afterRecord()).isEmpty();
    }
}
