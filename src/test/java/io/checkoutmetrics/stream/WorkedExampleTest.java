package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example that package {@code window} explains itself with: every number in its text stands here as well. */
class WorkedExampleTest {
    @Test
    void numbersOfTheExample_areWhatIsPublished() {
        try (Timeline shop = Timeline.of(
                "windows=1m/10s",
                "intervals=1m",
                "grace=2m",
                "watermark.delay=0ms",
                "publish.early=off",
                "publish.alive=1h",
                "dimensions=")) {
            shop.at("10:00:03").checkout("eu");
            shop.at("10:00:07").checkout("eu");
            shop.at("10:00:14").checkout("eu");
            shop.at("10:00:20").pageView("eu");
            shop.at("10:00:31").hit("eu", "scCheckout", hit -> hit.setTime(time("10:00:12")));
            shop.at("10:00:40").pageView("eu");
            shop.inputFallsSilent().at("10:03:04");
            shop.at("10:03:05").hit("eu", "scCheckout", hit -> hit.setTime(time("10:00:59")));
            shop.at("10:03:06").inputEnds();

            assertThat(shop.history("eu").stream().map(WorkedExampleTest::line).toList())
                    .contains(
                            "10:00:10 revision 0 ON_TIME [09:59:10, 10:00:10) complete: 2, before: 0",
                            "10:00:20 revision 0 ON_TIME [09:59:20, 10:00:20) complete: 3, before: 0",
                            "10:00:40 revision 1 CORRECTED [09:59:40, 10:00:40) complete: 4, before: 0",
                            "10:01:10 revision 1 INPUT_IDLE [10:00:10, 10:01:10) complete: 2, before: 2",
                            "10:01:20 revision 1 INPUT_IDLE [10:00:20, 10:01:20) complete: 0, before: 4",
                            "10:02:20 revision 1 INPUT_IDLE [10:01:20, 10:02:20) complete: 0, before: 0");
            assertThat(shop.finalLines()).contains("10:00:00 eu 4 4 6");
            assertThat(shop.deadLetterReasons()).isEqualTo(List.of("late"));
        }
    }

    private static String line(CheckoutMetrics one) {
        WindowMetrics window = one.getWindows().get(0);
        return "%s revision %d %s [%s, %s) %s: %d, before: %d"
                .formatted(
                        clock(one.getAsOf().toString()),
                        one.getRevision(),
                        one.getStatus(),
                        clock(window.getStart().toString()),
                        clock(window.getEnd().toString()),
                        window.getComplete() ? "complete" : "filling",
                        window.getCheckouts(),
                        window.getPreviousCheckouts());
    }

    private static String clock(String instant) {
        return instant.substring(11, 19);
    }
}
