package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.stream.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final MutableClock clock = new MutableClock();
    private final Health health = new Health(new SettingsSource().read(), clock);

    private Progress.Standing heardOf(long stoodStillForMs, boolean isBehind, Optional<Instant> asOf) {
        return new Progress.Standing("hits", asOf, isBehind, 3, stoodStillForMs, clock.instant());
    }

    @Test
    void beforeTheJobRuns_theProcessIsAlive_butNotReady() {
        assertThat(health.alive().ok()).isTrue();
        assertThat(health.ready().toJson())
                .isEqualTo("{\"ok\":false,\"parts\":[{\"part\":\"engine\",\"ok\":false,\"detail\":\"starting\"}]}\n");
    }

    @Test
    void whileNoBrokerAnswers_theProcessIsAlive_butNotReady_andSaysWhatItWaitsFor() {
        health.waitsForBrokers();
        assertThat(health.alive().ok()).isTrue();
        assertThat(health.ready().parts())
                .containsExactly(
                        Part.ill("engine", "starting"),
                        Part.ill("brokers", "none answers: the job starts when one does"));
        health.stopping();
        assertThat(health.ready().parts()).containsExactly(Part.ill("engine", "stopping"));
    }

    @Test
    void whileItStops_theProcessIsAlive_butNotReady() {
        health.stopping();
        assertThat(health.alive().ok()).isTrue();
        assertThat(health.ready().parts()).containsExactly(Part.ill("engine", "stopping"));
    }

    @Test
    void timeThatStandsStillForTheStallTimeout_isIll_andThePartitionNamed() {
        Progress.Standing standing = heardOf(14_000, false, Optional.of(clock.instant()));
        assertThat(health.input(Optional.of(standing)).ok()).isTrue();
        clock.move(Duration.ofSeconds(2)); // nothing was heard meanwhile: that counts, too
        assertThat(health.input(Optional.of(standing)))
                .isEqualTo(Part.ill(
                        "input", "time has stood still for 16 s: partition 3 of \"hits\" holds everything back"));
    }

    @Test
    void clockThatIsSetBack_isIll_untilItShowsAgainWhatItHasShown() {
        health.beat();
        Instant shown = clock.instant();
        Progress.Standing standing = heardOf(1_000, false, Optional.of(shown));
        clock.move(Duration.ofHours(-1));
        health.beat();
        assertThat(health.clock())
                .isEqualTo(Part.ill(
                        "clock",
                        "the clock was set back: it is 3600 s behind what it has shown, and what goes by it stands still"
                                + " until it is " + shown + " again. Set it right"));
        assertThat(standing.standsStillFor(clock.instant())).isEqualTo(Duration.ofSeconds(1));
        clock.move(Duration.ofHours(1).minusSeconds(14)); // what is left is less than may stand still anyway
        assertThat(health.clock()).isEqualTo(Part.well("clock", "moving on"));
    }

    @Test
    void catchingUp_isNoIllness() {
        assertThat(health.input(Optional.of(heardOf(0, true, Optional.of(clock.instant())))))
                .isEqualTo(Part.well("input", "catching up with history"));
    }

    @Test
    void topicThatNeverHadAHit_isNoIllness() {
        assertThat(health.input(Optional.empty()).ok()).isTrue();
    }

    @Test
    void brokersThatAreSilentForLong_areIll_untilTheyAnswer() {
        BrokerAnswers brokers = new BrokerAnswers(clock);
        clock.move(Duration.ofSeconds(14));
        assertThat(brokers.part().ok()).isTrue();
        clock.move(Duration.ofSeconds(1));
        assertThat(brokers.part()).isEqualTo(Part.ill("brokers", "no answer for 15 s"));
        brokers.came();
        assertThat(brokers.part().ok()).isTrue();
        brokers.refused();
        assertThat(brokers.part().ok()).isFalse();
        brokers.came();
        assertThat(brokers.part().ok()).isTrue();
    }

    @Test
    void brokersThatRefuseTheWork_areIll_thoughTheyAnswer_untilTheyHaveNotRefusedForAWhile() {
        BrokerAnswers brokers = new BrokerAnswers(clock);
        brokers.refusedWork();
        clock.move(Duration.ofSeconds(29));
        brokers.came();
        assertThat(brokers.part()).isEqualTo(Part.ill("brokers", "Kafka refuses us: look at ACLs and credentials"));
        clock.move(Duration.ofSeconds(1));
        assertThat(brokers.part().ok()).isTrue();
    }

    @Test
    void restoration_countsWhatIsLeft_ofAllStoresTogether() {
        Restoration restoration = new Restoration();
        TopicPartition series = new TopicPartition("app-series-changelog", 0);
        TopicPartition seen = new TopicPartition("app-seen-changelog", 0);
        restoration.onRestoreStart(series, "series", 100, 1_100);
        restoration.onRestoreStart(seen, "seen", 0, 50);
        restoration.onBatchRestored(series, "series", 400, 300);
        assertThat(restoration.remainingRecords()).isEqualTo(750);
        restoration.onRestoreSuspended(seen, "seen", 0);
        restoration.onRestoreEnd(series, "series", 1_000);
        assertThat(restoration.remainingRecords()).isZero();
    }
}
