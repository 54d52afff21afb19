package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.Hit;
import org.junit.jupiter.api.Test;

class ClosedIntervalsTest {
    /** Of widths that do not divide each other, the shorter interval may be the one that ends later. */
    @Test
    void checkoutThatComesAfterAnyOfItsIntervalsWasClosed_isOutOfOrder_andInNone() {
        try (Timeline shop =
                Timeline.of("windows=1m/1s", "intervals=2m,3m", "grace=10s", "watermark.delay=0ms", "dimensions=")) {
            shop.at("10:00:30").checkout("eu");
            shop.at("10:03:15").pageView("eu");
            assertThat(shop.finalLines()).contains("10:00:00 eu 1 1 1");
            Hit late = Hit.newBuilder()
                    .setReportSuite("eu")
                    .setEvents("scCheckout")
                    .build();
            shop.bytesDated(shop.bytesOf(late), time("10:02:30").toEpochMilli());
            assertThat(shop.deadLetterReasons()).containsExactly("out_of_order");
            shop.inputEnds();
            assertThat(shop.finalLines())
                    .containsExactlyInAnyOrder(
                            "10:00:00 eu 1 1 1", "10:00:00 eu 1 1 1", "10:02:00 eu 0 0 1", "10:03:00 eu 0 0 1");
        }
    }
}
