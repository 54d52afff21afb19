package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.fuzz.Campaign;
import io.checkoutmetrics.fuzz.Tokens;
import io.checkoutmetrics.registry.AvroSafeguards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Hits broken at their lengths, counts and indices, mixed with others, cut, and read by schemas they were not written with:
 * each gives exactly one outcome, in little memory; what Avro's own reader refuses is no checkout, and what it reads is read
 * alike.
 */
class HitFuzzTest {
    private static final int CASES_PER_SCHEMA = 256;
    private static final List<byte[]> HOSTILE = hostile();

    private long batch = -1;
    private @Nullable Writer first;
    private @Nullable Writer second;

    /** A writer's schema, and the reader that was compiled for it. */
    private record Writer(Schema schema, HitReader reader) {
        static Writer of(Random random) {
            Schema schema = random.nextInt(3) == 0 ? TestHits.HIT : new RandomSchemas(random).hitSchema();
            return new Writer(schema, TestHits.reader(schema, ReadByAvro.RULES));
        }

        Tokens tokens(Random random) {
            GenericRecord record = new RandomHits(random).record(schema);
            return Tokens.written(out -> {
                BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
                new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
                encoder.flush();
            });
        }
    }

    @Test
    void brokenHits_giveOneOutcomeEach_andAgreeWithAvro() {
        AvroSafeguards.install();
        long[] number = {Long.getLong("fuzz.first", 1)};
        Campaign.run("hits", 60_000, 0.76, 128 << 20, random -> oneHit(number[0]++, random));
    }

    private String oneHit(long number, Random random) throws IOException {
        if (number / CASES_PER_SCHEMA != batch) {
            batch = number / CASES_PER_SCHEMA;
            Random ofBatch = new Random(batch);
            first = Writer.of(ofBatch);
            second = Writer.of(ofBatch);
        }
        Writer writer = java.util.Objects.requireNonNull(first);
        Writer stranger = java.util.Objects.requireNonNull(second);
        byte[] bytes = writer.tokens(random).broken(random, stranger.tokens(random), HOSTILE);
        Writer by = random.nextInt(8) == 0 ? stranger : writer;
        Reading reading = by.reader().read(bytes, 0);
        if (number % 16 == 0) {
            HitReader fresh = TestHits.reader(by.schema(), ReadByAvro.RULES);
            assertThat(fresh.read(framed(bytes), 5)).isEqualTo(reading);
        }
        return outcome(reading) + compared(by.schema(), bytes, reading);
    }

    private static byte[] framed(byte[] bytes) {
        byte[] framed = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, framed, 5, bytes.length);
        return framed;
    }

    private static String outcome(Reading reading) {
        return reading instanceof Reading.Unreadable unreadable
                ? unreadable.reason().text()
                : reading.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether Avro's reader was of the same opinion, or why it need not be. */
    private static String compared(Schema schema, byte[] bytes, Reading reading) throws IOException {
        boolean isCheckout = !(reading instanceof Reading.NoCheckout) && !(reading instanceof Reading.Unreadable);
        GenericRecord record;
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                assertThat(isCheckout).as("bytes are left over: %s", reading).isFalse();
                return "";
            }
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            boolean isVarintLongerThanAvroTakes = String.valueOf(e.getMessage()).contains("Invalid int encoding");
            assertThat(isCheckout && !isVarintLongerThanAvroTakes)
                    .as("Avro says %s, and we %s", e, reading)
                    .isFalse();
            return "";
        }
        boolean isCanonical = Arrays.equals(TestHits.encode(schema, record), bytes);
        boolean isText = ReadByAvro.isText(schema, record);
        boolean isOversized = reading instanceof Reading.Unreadable one && one.reason() == Reason.OVERSIZED_EVENTS;
        if (isText && !isOversized && (isCheckout || isCanonical)) {
            assertThat(ReadByAvro.withoutPosition(reading)).isEqualTo(ReadByAvro.expected(schema, record));
            return ", as Avro reads it";
        }
        return "";
    }

    private static List<byte[]> hostile() {
        LongStream numbers = LongStream.of(
                0,
                1,
                2,
                3,
                7,
                64,
                1000,
                -1,
                -2,
                -5,
                1L << 31,
                (1L << 31) - 1,
                (1L << 31) - 9,
                1L << 40,
                200_000_000,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1);
        Stream<byte[]> texts = Stream.of(
                        "scCheckout",
                        "scCheckout=2:A1",
                        "scCheckout=999999999999",
                        "SCCHECKOUT",
                        "\u0000",
                        "a\nb",
                        "",
                        "scCheckout,".repeat(50),
                        "scCheckout,".repeat(6_500))
                .map(HitFuzzTest::text);
        List<byte[]> all = new ArrayList<>(numbers.mapToObj(HitFuzzTest::number).toList());
        texts.forEach(all::add);
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0x80);
        all.add(endless);
        all.add(new byte[] {(byte) 0x80, 0});
        all.add(new byte[] {(byte) 0x82, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0});
        all.add(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
        all.add(new byte[] {4, (byte) 0xC3, (byte) 0x28});
        all.add(new byte[] {6, (byte) 0xED, (byte) 0xA0, (byte) 0x80});
        return all;
    }

    private static byte[] number(long number) {
        return encoded(encoder -> encoder.writeLong(number));
    }

    private static byte[] text(String text) {
        return encoded(encoder -> encoder.writeBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Encoding {
        void to(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] encoded(Encoding encoding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            encoding.to(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
