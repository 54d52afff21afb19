package io.checkoutmetrics.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one schema under one schema ID. Where the registered schema is another one, each record is read
 * back in it first: Avro's writers take fields by position, so writing straight in another schema would mix them up.
 *
 * @param recordSchema of the records given
 * @param registered what they are written in, if it differs from their own
 */
record RecordWriter(
        int schemaId, Schema recordSchema, @Nullable Schema registered) {

    static RecordWriter direct(int schemaId, Schema schema) {
        return new RecordWriter(schemaId, schema, null);
    }

    /** @throws SerializationException if the registered schema cannot read what the records' schema writes */
    static RecordWriter converting(int schemaId, Schema recordSchema, Schema registered) {
        if (recordSchema.equals(registered)) {
            return direct(schemaId, recordSchema);
        }
        SchemaCompatibilityType compatibility = SchemaCompatibility.checkReaderWriterCompatibility(
                        registered, recordSchema)
                .getType();
        if (compatibility != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException("the subject's latest schema, ID " + schemaId + ", cannot read records of "
                    + recordSchema.getFullName() + ". Register a compatible version or set use.latest.version=false.");
        }
        return new RecordWriter(schemaId, recordSchema, registered);
    }

    void write(IndexedRecord value, Encoder encoder) throws IOException {
        if (registered == null) {
            writeAsIs(value, encoder);
            return;
        }
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        writeAsIs(value, EncoderFactory.get().directBinaryEncoder(own, null));
        Object converted = new GenericDatumReader<>(recordSchema, registered, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(own.toByteArray(), null));
        new GenericDatumWriter<>(registered, new GenericData()).write(converted, encoder);
    }

    private void writeAsIs(IndexedRecord value, Encoder encoder) throws IOException {
        DatumWriter<IndexedRecord> writer = value instanceof SpecificRecord
                ? new SpecificDatumWriter<>(recordSchema, SpecificData.getForClass(value.getClass()))
                : new GenericDatumWriter<>(recordSchema, GenericData.get());
        writer.write(value, encoder);
    }
}
