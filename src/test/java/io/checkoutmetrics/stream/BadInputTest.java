package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.Hit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class BadInputTest {
    private static final Hit CHECKOUT =
            Hit.newBuilder().setReportSuite("eu").setEvents("scCheckout").build();

    @Test
    void whatIsNoHit_isDeadLetteredAsItCame_withReasonAndCoordinates_andTheJobGoesOn() {
        try (Timeline shop = Timeline.of("dimensions=")) {
            byte[] good = shop.bytesOf(CHECKOUT);
            byte[] cut = Arrays.copyOf(good, good.length - 1);
            byte[] longer = Arrays.copyOf(good, good.length + 1);
            byte[] magic = good.clone();
            magic[0] = 1;
            shop.at("10:00:10").bytes(good);
            shop.bytes(null).bytes(new byte[0]).bytes(new byte[] {0, 0, 0}).bytes(magic);
            shop.bytes(cut).bytes(longer);
            shop.at("10:00:12").bytes(good);
            assertThat(shop.deadLetterReasons())
                    .containsExactly("bad_frame", "bad_frame", "bad_frame", "bad_frame", "truncated", "trailing_bytes");
            TestRecord<byte[], byte[]> letter = shop.deadLetters().get(4);
            assertThat(letter.value()).isEqualTo(cut);
            assertThat(header(letter, "__streams.errors.topic")).isEqualTo("hits");
            assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
            assertThat(header(letter, "__streams.errors.offset")).isEqualTo("5");
            assertThat(header(letter, "original_size")).isEqualTo(Integer.toString(cut.length));
            assertThat(header(letter, "schema_id")).isNotEmpty();
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 2 2 2");
        }
    }

    @Test
    void valuesThatAreNoIncrement_areDeadLettered_zeroIsNoCheckout() {
        try (Timeline shop = Timeline.of("dimensions=")) {
            shop.at("10:00:10");
            for (String value : new String[] {"=", "=-1", "=1.5", "=1e9", "=abc", "=1000001"}) {
                shop.hit("eu", "scCheckout" + value, hit -> {});
            }
            shop.hit("eu", "scCheckout=0", hit -> {});
            assertThat(shop.deadLetterReasons())
                    .containsOnly("invalid_event_value")
                    .hasSize(6);
            assertThat(shop.outcomes().get("not_checkout")).isEqualTo(1);
        }
    }

    @Test
    void reportSuiteThatIsNotAllowed_isDeadLettered() {
        try (Timeline shop = Timeline.of("report-suites=eu,us")) {
            shop.at("10:00:10").checkout("eu").checkout("uk").pageView("uk").pageView("");
            assertThat(shop.deadLetterReasons())
                    .containsOnly("unknown_report_suite")
                    .hasSize(3);
        }
    }

    @Test
    void nearMissAndInvalidIds_areRemarkedOn() {
        try (Timeline shop = Timeline.of("dimensions=")) {
            shop.at("10:00:10").hit("eu", "sccheckout", hit -> {}).hit("eu", "scCheckout:no-id", hit -> {});
            assertThat(shop.outcomes().get("near_miss")).isEqualTo(1);
            assertThat(shop.outcomes().get("invalid_event_id")).isEqualTo(1);
        }
    }

    @Test
    void randomBytes_neverStopTheJob_andNoneDisappears() {
        Random random = new Random(7);
        try (Timeline shop = Timeline.of("dimensions=country,dimensions.eVar5")) {
            byte[] good = shop.bytesOf(Hit.newBuilder(CHECKOUT).setCountry("fr").build());
            shop.at("10:00:10");
            for (int i = 0; i < 2_000; i++) {
                byte[] bytes = good.clone();
                for (int flips = random.nextInt(3); flips >= 0; flips--) {
                    bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
                }
                shop.bytes(bytes);
            }
            shop.at("10:00:20").bytes(good);
            shop.inputEnds();
            assertThat(shop.outcomes().get("hits_read")).isEqualTo(2_001);
            assertThat(shop.outcomes().get("checkouts_seen"))
                    .isEqualTo(shop.outcomes().get("counted") + shop.outcomes().get("duplicate"));
        }
    }

    @Test
    void giantValue_isCut_soThatTheDeadLetterFits() {
        byte[] giant = new byte[2_000_000];
        giant[0] = 9;
        try (Timeline shop = Timeline.of()) {
            shop.at("10:00:10").bytes(giant);
            assertThat(shop.deadLetters().get(0).value()).hasSize(DeadLetter.MOST_BYTES);
            assertThat(header(shop.deadLetters().get(0), "original_size")).isEqualTo("2000000");
        }
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
