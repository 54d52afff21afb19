package io.checkoutmetrics.feed;

import io.checkoutmetrics.avro.Hit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** A hit as Avro binary and back, without header or schema: for files that don't outlive the process. */
final class HitBytes {
    private final SpecificDatumWriter<Hit> writer = new SpecificDatumWriter<>(Hit.class);
    private final SpecificDatumReader<Hit> reader = new SpecificDatumReader<>(Hit.class);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    byte[] encode(Hit hit) throws IOException {
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        writer.write(hit, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    Hit decode(byte[] bytes) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        return reader.read(null, decoder);
    }
}
