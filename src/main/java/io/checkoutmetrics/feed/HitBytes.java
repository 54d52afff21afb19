package io.checkoutmetrics.feed;

import io.checkoutmetrics.avro.Hit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A hit as Avro binary and back, without header or schema: for files that don't outlive the process. Avro's generic
 * reader fills the hit it is given, so no class is loaded by name and none needs to be trusted first.
 */
public final class HitBytes {
    private static final GenericData MODEL = new GenericData();

    static {
        MODEL.addLogicalTypeConversion(new TimestampMillisConversion());
    }

    private final GenericDatumWriter<Hit> writer = new GenericDatumWriter<>(Hit.getClassSchema(), MODEL);
    private final GenericDatumReader<Hit> reader =
            new GenericDatumReader<>(Hit.getClassSchema(), Hit.getClassSchema(), MODEL);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /** The hit by {@code Hit.avsc}, in an array of its own. */
    public byte[] encode(Hit hit) throws IOException {
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        writer.write(hit, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    Hit decode(byte[] bytes) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        return reader.read(new Hit(), decoder);
    }
}
