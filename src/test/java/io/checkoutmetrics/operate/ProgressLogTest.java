package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.stream.Progress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final List<String> said = new ArrayList<>();
    private Instant now = NOON;
    private final ProgressLog log = new ProgressLog(new SettingsSource().read(), new Ticking(), said::add);

    private final class Ticking extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private void look(int seconds, String asOf, boolean behind, long stillMs) {
        now = NOON.plusSeconds(seconds);
        log.look(new Progress.Standing("hits", Optional.of(Instant.parse(asOf)), behind, 3, stillMs, now));
    }

    @Test
    void allIsWell_nothingIsSaid() {
        look(0, "2026-01-05T11:59:59Z", false, 200);
        look(5, "2026-01-05T12:00:04Z", false, 5_000);
        assertThat(said).isEmpty();
    }

    @Test
    void catchingUp_isSaidEveryTenSeconds_withHowFarBehind_andOnceThatItIsOver() {
        look(0, "2026-01-05T08:30:00Z", true, 0);
        look(5, "2026-01-05T09:30:00Z", true, 0);
        look(11, "2026-01-05T11:30:00Z", true, 0);
        look(12, "2026-01-05T12:00:11Z", false, 0);
        look(30, "2026-01-05T12:00:29Z", false, 0);
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).contains("as of 2026-01-05T08:30:00Z", "PT3H30M ago");
        assertThat(said.get(1)).contains("as of 2026-01-05T11:30:00Z", "PT30M11S ago");
        assertThat(said.get(2)).startsWith("caught up");
    }

    @Test
    void timeThatStandsStill_namesThePartition_andForHowLong() {
        look(20, "2026-01-05T12:00:00Z", false, 20_000);
        assertThat(said)
                .singleElement()
                .asString()
                .contains("stood still at 2026-01-05T12:00:00Z for 20 s", "partition 3 of \"hits\"");
    }

    @Test
    void nothingHeardForLong_isToldAsStandingStill() {
        Progress.Standing last = new Progress.Standing("hits", Optional.of(NOON), false, 0, 0, NOON);
        now = NOON.plusSeconds(40);
        log.look(last);
        assertThat(said).singleElement().asString().contains("for 40 s");
    }

    @Test
    void clockThatWasSetBack_isSaid_thoughAllElseWasSaidAtATimeStillToCome() {
        Progress job = new Progress();
        look(20, "2026-01-05T12:00:00Z", false, 20_000);
        log.look(job);
        now = NOON.minusSeconds(600);
        log.look(job);
        now = NOON.minusSeconds(595);
        log.look(job);
        now = NOON.minusSeconds(585);
        log.look(job);
        assertThat(said).hasSize(3);
        assertThat(said.get(1)).contains("the clock was set back: it is 620 s behind", "2026-01-05T12:00:20Z again");
        assertThat(said.get(2)).contains("it is 605 s behind");
    }

    @Test
    void momentBehindAtTheStart_isNotWorthAWord() {
        look(0, "2026-01-05T11:59:58Z", true, 0);
        look(1, "2026-01-05T12:00:00Z", false, 0);
        assertThat(said).isEmpty();
    }

    @Test
    void partitionThatNeverSpoke_isNamedToo() {
        log.look(new Progress.Standing("hits", Optional.empty(), false, 1, 16_000, now));
        assertThat(said).singleElement().asString().contains("has not begun", "partition 1");
    }
}
