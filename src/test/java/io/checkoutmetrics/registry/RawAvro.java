package io.checkoutmetrics.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;

/** A record's Avro bytes, written by Avro alone: neither by our serializer nor by Confluent's. */
final class RawAvro {
    private RawAvro() {}

    static byte[] of(IndexedRecord value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        SpecificData data = SpecificData.getForSchema(value.getSchema());
        @SuppressWarnings("unchecked")
        var writer = (org.apache.avro.io.DatumWriter<Object>) data.createDatumWriter(value.getSchema());
        writer.write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
