package io.checkoutmetrics.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricJsonTest {
    @Test
    void rollingCheckouts_areOneLine_withTimesInUtc_andNullsForWhatIsAbsent() {
        WindowMetrics window = WindowMetrics.newBuilder()
                .setSize("PT5M")
                .setStart(Instant.parse("2026-01-05T10:03:00Z"))
                .setEnd(Instant.parse("2026-01-05T10:08:00Z"))
                .setComplete(false)
                .setCheckouts(3)
                .setIncrements(5)
                .setPreviousCheckouts(0)
                .build();
        CheckoutMetrics metrics = CheckoutMetrics.newBuilder()
                .setReportSuite("eu")
                .setDimension("country")
                .setItem("\"fr\"\n🛒")
                .setAsOf(Instant.parse("2026-01-05T10:07:30.250Z"))
                .setRevision(1)
                .setStatus(Status.EARLY)
                .setLastCheckoutAt(null)
                .setWindows(List.of(window))
                .setLowTraffic(false)
                .build();
        assertThat(MetricJson.line(metrics))
                .isEqualTo("{\"reportSuite\":\"eu\",\"dimension\":\"country\",\"item\":\"\\\"fr\\\"\\n🛒\","
                        + "\"asOf\":\"2026-01-05T10:07:30.250Z\",\"revision\":1,\"status\":\"EARLY\","
                        + "\"lastCheckoutAt\":null,\"windows\":[{\"size\":\"PT5M\","
                        + "\"start\":\"2026-01-05T10:03:00Z\",\"end\":\"2026-01-05T10:08:00Z\","
                        + "\"complete\":false,\"checkouts\":3,\"increments\":5,\"previousCheckouts\":0,"
                        + "\"visitors\":null,\"visits\":null,\"hits\":null,\"cartValue\":null}],\"lowTraffic\":false}");
    }

    @Test
    void interval_isOneLine_withWhatIsThere() {
        CheckoutInterval interval = CheckoutInterval.newBuilder()
                .setReportSuite("eu")
                .setDimension("")
                .setItem("")
                .setStart(Instant.parse("2026-01-05T10:00:00Z"))
                .setEnd(Instant.parse("2026-01-05T10:01:00Z"))
                .setCheckouts(2)
                .setIncrements(Long.MAX_VALUE)
                .setVisitors(1L)
                .setHits(40L)
                .build();
        assertThat(MetricJson.line(interval))
                .isEqualTo(
                        "{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"\","
                                + "\"start\":\"2026-01-05T10:00:00Z\",\"end\":\"2026-01-05T10:01:00Z\","
                                + "\"checkouts\":2,\"increments\":9223372036854775807,\"visitors\":1,\"visits\":null,\"hits\":40,\"cartValue\":null}");
    }
}
