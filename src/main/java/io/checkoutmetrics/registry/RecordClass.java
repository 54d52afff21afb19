package io.checkoutmetrics.registry;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Whether records become instances of the class that was generated from their schema. */
enum RecordClass {
    /** Generic records, always. */
    NEVER,
    /** Generic records where there is no such class. */
    IF_PRESENT,
    /** Nothing but such classes. */
    REQUIRED;

    /**
     * @param wanted the class to read into, or null for the one that the writer's schema names
     * @throws SerializationException if the writer's schema is no record, or there must be a class and is none
     */
    <T> DatumReader<T> reader(Schema writer, @Nullable Class<T> wanted) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new SerializationException(
                    "the writer's schema is of type " + writer.getType() + "; a record is needed.");
        }
        Class<?> type = wanted != null ? wanted : this == NEVER ? null : generatedClass(writer);
        if (type != null) {
            SpecificData data = SpecificData.getForClass(type);
            return new SpecificDatumReader<>(writer, data.getSchema(type), data);
        }
        if (this == REQUIRED) {
            throw new SerializationException(
                    "no generated class for " + writer.getFullName()
                            + " on the class path, or Avro was not told to trust it. Add it, or set specific.avro.reader=false.");
        }
        return new GenericDatumReader<>(writer);
    }

    /** The generated class of this name, or null; a class that Avro was not told to trust counts as none. */
    private static @Nullable Class<?> generatedClass(Schema writer) {
        try {
            Class<?> found = SpecificData.get().getClass(writer);
            return found != null && SpecificRecord.class.isAssignableFrom(found) ? found : null;
        } catch (SecurityException notTrusted) {
            return null;
        }
    }
}
