package io.checkoutmetrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.fuzz.Campaign;
import io.checkoutmetrics.fuzz.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

/** The whole job fed with broken hits: none stops it, and each is counted under exactly one outcome. */
class ConservationFuzzTest {
    private static final int HITS_PER_JOB = 2_000;
    private static final List<byte[]> HOSTILE = Stream.of(
                    "",
                    "\u0001",
                    "\u0000\u0000",
                    "\u0002",
                    "\u0003\u0003",
                    "\u0080",
                    "\u00ff\u00ff",
                    "\u0014scCheckout",
                    "\u0018scCheckout=2",
                    "\u0018scCheckout:A",
                    "scCheckout")
            .map(text -> text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
            .toList();

    @Test
    void brokenHits_areEachCountedUnderOneOutcome() {
        Campaign.run("job", 1, 0.000_001, 1L << 30, this::oneJob);
    }

    /** Closing the timeline holds the counters to their equations, and to the dead letters. */
    private String oneJob(Random random) {
        try (Timeline shop = Timeline.of("dimensions=country,dimensions.eVar5")) {
            byte[] frame = java.util.Arrays.copyOf(shop.bytesOf(hit(random)), 5);
            shop.at("10:00:10");
            for (int i = 0; i < HITS_PER_JOB; i++) {
                byte[] hit = tokens(random).broken(random, tokens(random), HOSTILE);
                byte[] framed = java.util.Arrays.copyOf(frame, 5 + hit.length);
                System.arraycopy(hit, 0, framed, 5, hit.length);
                if (random.nextInt(50) == 0) {
                    framed[0] = 1;
                }
                shop.bytes(framed);
            }
            shop.at("10:00:20").inputEnds();
            assertThat(shop.outcomes().get("hits_read")).isEqualTo(HITS_PER_JOB);
            return "each of " + HITS_PER_JOB + " hits has one outcome";
        }
    }

    private static Tokens tokens(Random random) {
        Hit hit = hit(random);
        return Tokens.written(out -> {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<>(Hit.class).write(hit, encoder);
            encoder.flush();
        });
    }

    private static Hit hit(Random random) {
        String[] events = {
            "", "event1", "scCheckout", "scCheckout:A" + random.nextInt(500), "scCheckout=2", "scCheckout=x"
        };
        return Hit.newBuilder()
                .setReportSuite(random.nextInt(20) == 0 ? "x".repeat(300) : "eu")
                .setEvents(events[random.nextInt(events.length)])
                .setCountry(random.nextBoolean() ? "fr" : null)
                .setExcluded(random.nextInt(10) == 0 ? "1" : null)
                .setHitId(random.nextBoolean() ? "h" + random.nextInt(1_000) : null)
                .setDimensions(Map.of("eVar5", new String(new byte[] {(byte) (64 + random.nextInt(26))}, UTF_8)))
                .build();
    }
}
