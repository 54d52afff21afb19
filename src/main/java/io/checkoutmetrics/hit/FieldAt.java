package io.checkoutmetrics.hit;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field that is read by itself, and where the writer has it.
 *
 * @param index position of the field in the writer's record
 * @param reader what reads it
 */
record FieldAt<T>(int index, T reader) {

    /** Makes the reader of one field. */
    interface Maker<T> {
        T make(String ourName, Schema.Field field) throws UnusableSchemaException;
    }

    /** The field of our name; null where the writer lacks it. */
    static <T> @Nullable FieldAt<T> find(WriterFields writer, String ourName, Maker<T> maker)
            throws UnusableSchemaException {
        Schema.Field field = writer.find(ourName);
        return field == null ? null : new FieldAt<>(field.pos(), maker.make(ourName, field));
    }

    /**
     * Goes to the field, and gives what reads it.
     *
     * @param starts where each of the writer's fields starts
     */
    T in(AvroCursor in, int[] starts) {
        in.seek(starts[index]);
        return reader;
    }
}
