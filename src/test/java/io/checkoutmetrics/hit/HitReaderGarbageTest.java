package io.checkoutmetrics.hit;

import static io.checkoutmetrics.hit.TestHits.encode;
import static io.checkoutmetrics.hit.TestHits.field;
import static io.checkoutmetrics.hit.TestHits.fullHit;
import static io.checkoutmetrics.hit.TestHits.reader;
import static io.checkoutmetrics.hit.TestHits.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitReaderGarbageTest {
    private static final HitRules RULES =
            HitRules.defaults().withDimensions(List.of("dimensions.eVar5", "country", "campaign"));

    private static final byte[] CHECKOUT = "scCheckout".getBytes(StandardCharsets.UTF_8);

    private final HitReader reader = reader(RULES);

    @Test
    void checkoutCutAnywhere_isTruncated() {
        byte[] bytes = fullHit("scCheckout=2:A1");

        for (int length = 0; length < bytes.length; length++) {
            assertThat(reason(reader.read(Arrays.copyOf(bytes, length), 0))).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void everyByteOfACheckout_mayTakeAnyValue_withoutException() {
        byte[] bytes = fullHit("event1,scCheckout=2:A1");

        for (int i = 0; i < bytes.length; i++) {
            byte original = bytes[i];
            for (int value = 0; value < 256; value++) {
                bytes[i] = (byte) value;
                assertThat(reader.read(bytes, 0)).isNotNull();
            }
            bytes[i] = original;
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void anySchemasHits_cutOrChangedAnywhere_giveAReading(@ForAll long seed) {
        Random random = new Random(seed);
        Schema schema = new RandomSchemas(random).hitSchema();
        HitReader any = reader(schema, RULES);
        byte[] bytes = encode(schema, new RandomHits(random).record(schema), random.nextBoolean());
        for (int i = 0; i < bytes.length; i++) {
            assertThat(any.read(Arrays.copyOf(bytes, i), 0)).isNotNull();
            byte[] changed = bytes.clone();
            changed[i] = (byte) random.nextInt();
            assertThat(any.read(changed, 0)).isNotNull();
        }
    }

    @Property
    void anyBytes_giveAReading(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(reader.read(bytes, 0)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -5, Long.MIN_VALUE, 1L << 31, (1L << 31) - 1, 1L << 40, Long.MAX_VALUE})
    void textOfAnImpossibleLength_isMalformed(long length) {
        assertThat(reason(reader.read(hitWith(length), 0))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void textLongerThanTheRest_isTruncated() {
        assertThat(reason(reader.read(hitWith(1_000_000), 0))).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void varintOverflow_isMalformed() {
        byte[] elevenBytes = new byte[12];
        Arrays.fill(elevenBytes, (byte) 0x80);
        byte[] beyond64Bits = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2};

        assertThat(reason(reader.read(elevenBytes, 0))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(reader.read(beyond64Bits, 0))).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, -1, Long.MAX_VALUE})
    void unionIndexOutOfRange_isMalformed(long index) {
        byte[] bytes = concat(new byte[] {4, 'e', 'u', 20}, CHECKOUT, longs(index), new byte[20]);

        assertThat(reason(reader.read(bytes, 0))).isEqualTo(Reason.MALFORMED);
    }

    @Timeout(120)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"null\"",
                "{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"a\",\"type\":\"null\"}]}",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}"
            })
    void arrayOf200MillionItemsWithoutContent_isMalformed_atOnce(String items) {
        HitReader bombed = reader(bomb(items), RULES);
        byte[] plain = concat(longs(200_000_000, 0), new byte[] {4, 'e', 'u', 0});
        byte[] sized = concat(longs(-200_000_000, 0, 0), new byte[] {4, 'e', 'u', 0});

        assertThat(reason(bombed.read(plain, 0))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(bombed.read(sized, 0))).isEqualTo(Reason.MALFORMED);
        assertThat(bombed.read(concat(longs(1000, -7, 0, 0), new byte[] {4, 'e', 'u', 0}), 0))
                .isEqualTo(new Reading.NoCheckout("eu", false));
    }

    @Test
    @Timeout(120)
    void manyBlocksOfManyItemsWithoutContent_takeNoTime() {
        HitReader bombed = reader(bomb("\"null\""), RULES);
        long[] blocks = new long[100_000];
        Arrays.fill(blocks, 0, blocks.length - 1, 60_000);

        assertThat(bombed.read(concat(longs(blocks), new byte[] {4, 'e', 'u', 0}), 0))
                .isInstanceOf(Reading.NoCheckout.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, 1L << 62, Long.MIN_VALUE, Long.MIN_VALUE + 1})
    void arrayOfImpossiblyManyItems_isMalformed(long items) {
        assertThat(reason(reader(bomb("\"string\""), RULES).read(concat(longs(items), new byte[50]), 0)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void blockOfAnotherSizeThanItStates_isMalformedInACheckout() {
        HitReader sized = reader(bomb("\"string\""), RULES);
        byte[] rest = concat(new byte[] {4, 'e', 'u', 20}, CHECKOUT);
        byte[] twoItems = {2, 'x', 2, 'y'};

        assertThat(sized.read(concat(longs(-2, 4), twoItems, longs(0), rest), 0))
                .isInstanceOf(CheckoutHit.class);
        assertThat(reason(sized.read(concat(longs(-1, 4), twoItems, longs(0), rest), 0)))
                .isEqualTo(Reason.MALFORMED);
    }

    private static Schema bomb(String items) {
        return record(
                field("bomb", "{\"type\":\"array\",\"items\":" + items + "}"),
                field("reportSuite", "\"string\""),
                field("events", "\"string\""));
    }

    /** A hit of suite eu whose events string claims this length. */
    private static byte[] hitWith(long eventsLength) {
        return concat(new byte[] {4, 'e', 'u'}, longs(eventsLength), CHECKOUT);
    }

    private static byte[] longs(long... values) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            for (long value : values) {
                encoder.writeLong(value);
            }
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static Reason reason(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return ((Reading.Unreadable) reading).reason();
    }
}
