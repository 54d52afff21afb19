package io.checkoutmetrics.hit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted entries of a map field, such as {@code eVar5} of {@code dimensions}. Of entries with the same key
 * the last counts, as in Avro's own reader.
 */
final class DimensionMap {
    private final byte[][] keys;
    private final TextField value;
    private final Shape unwanted;

    private DimensionMap(byte[][] keys, TextField value, Shape unwanted) {
        this.keys = keys;
        this.value = value;
        this.unwanted = unwanted;
    }

    static DimensionMap of(String ourName, Schema.Field field, List<String> keys) throws UnusableSchemaException {
        if (field.schema().getType() != Schema.Type.MAP) {
            throw WriterFields.wrongType(ourName, field, "a map");
        }
        byte[][] wanted = keys.stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new);
        Schema type = field.schema().getValueType();
        return new DimensionMap(wanted, TextField.ofAny(ourName, field, type), new Shapes().of(type));
    }

    /**
     * One item per wanted key, null where the map lacks it or has it empty. The map must have been passed over
     * thoroughly.
     */
    @Nullable
    String[] read(AvroCursor in) {
        @Nullable String[] items = new @Nullable String[keys.length];
        for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
            for (int i = 0; i < block; i++) {
                int length = in.readLength();
                int from = in.position();
                in.skip(length);
                int index = indexOf(in.bytes(), from, from + length);
                if (index >= 0) {
                    items[index] = value.item(in);
                } else {
                    unwanted.pass(in, true);
                }
            }
        }
        return items;
    }

    private int indexOf(byte[] bytes, int from, int to) {
        for (int i = 0; i < keys.length; i++) {
            if (Arrays.equals(keys[i], 0, keys[i].length, bytes, from, to)) {
                return i;
            }
        }
        return -1;
    }
}
