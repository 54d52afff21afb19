package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    private static final long RECEIVED = ms("2026-01-05T10:00:00Z");
    private static final long GRACE = 600_000;
    private static final long MAX_FUTURE = 300_000;

    @Test
    void withoutClientTime_theTimeReceivedIsTheEventTime() {
        assertThat(EventTime.of(OptionalLong.empty(), RECEIVED, GRACE, MAX_FUTURE))
                .isEqualTo(new EventTime.At(RECEIVED));
    }

    @Test
    void clientTimeWithinGrace_isTheEventTime() {
        assertThat(judge(RECEIVED - 1)).isEqualTo(new EventTime.At(RECEIVED - 1));
        assertThat(judge(RECEIVED - GRACE)).isEqualTo(new EventTime.At(RECEIVED - GRACE));
    }

    @Test
    void clientTimePastGrace_isLate() {
        assertThat(judge(RECEIVED - GRACE - 1)).isEqualTo(new EventTime.Rejected(Reason.LATE));
        assertThat(judge(EventTime.EARLIEST_MS)).isEqualTo(new EventTime.Rejected(Reason.LATE));
    }

    @Test
    void clientTimeAheadWithinTolerance_isSetBackToTheTimeReceived() {
        assertThat(judge(RECEIVED + 1)).isEqualTo(new EventTime.At(RECEIVED));
        assertThat(judge(RECEIVED + MAX_FUTURE)).isEqualTo(new EventTime.At(RECEIVED));
    }

    @Test
    void clientTimeFurtherAhead_isFuture() {
        assertThat(judge(RECEIVED + MAX_FUTURE + 1)).isEqualTo(new EventTime.Rejected(Reason.FUTURE_TIMESTAMP));
        assertThat(judge(Long.MAX_VALUE)).isEqualTo(new EventTime.Rejected(Reason.FUTURE_TIMESTAMP));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE, 946_684_799_999L, 1_767_607_200L})
    void timeBefore2000_isBad_whetherTheClientsOrTheRecords(long time) {
        EventTime bad = new EventTime.Rejected(Reason.BAD_TIMESTAMP);

        assertThat(judge(time)).isEqualTo(bad);
        assertThat(EventTime.of(OptionalLong.empty(), time, GRACE, MAX_FUTURE)).isEqualTo(bad);
        assertThat(EventTime.of(OptionalLong.of(RECEIVED), time, GRACE, MAX_FUTURE))
                .isEqualTo(bad);
    }

    @Property
    void anAcceptedTime_isNeverAfterTheRecord_norOlderThanGrace(
            @ForAll long client, @ForAll long record, @ForAll int grace) {
        long graceMs = Math.abs((long) grace);
        EventTime time = EventTime.of(OptionalLong.of(client), record, graceMs, MAX_FUTURE);

        if (time instanceof EventTime.At at) {
            assertThat(at.ms()).isLessThanOrEqualTo(record).isGreaterThanOrEqualTo(record - graceMs);
        }
    }

    private static EventTime judge(long client) {
        return EventTime.of(OptionalLong.of(client), RECEIVED, GRACE, MAX_FUTURE);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
