package io.checkoutmetrics.hit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Data of any schema, with hits' own words where a text may be one. */
final class RandomHits {
    private static final List<String> WORDS = List.of(
            "",
            "eu",
            "us-shop",
            "event1",
            "scCheckout",
            "scCheckout:A1",
            "event1,scCheckout=2:B,scCheckout:B",
            "SCCHECKOUT,event7",
            "scCheckout=0",
            "scCheckout=x",
            "fr",
            "caf\u00e9",
            "\ud83d\uded2",
            "0",
            "x".repeat(300),
            ";shoe;1;59.90,coats;wool^,long;2;20,,;shoe,bags;\t hat^;^^ ,;",
            "^;;^a^,;,shoes ; ;^");
    private static final List<String> KEYS = List.of("eVar1", "eVar5", "eVar50", "");

    private final Random random;

    RandomHits(Random random) {
        this.random = random;
    }

    GenericRecord record(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), any(field.schema()));
        }
        return record;
    }

    private @Nullable Object any(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case STRING -> word();
            case BYTES -> ByteBuffer.wrap(word().getBytes(StandardCharsets.UTF_8));
            case FIXED -> fixed(schema);
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case ARRAY -> array(schema);
            case MAP -> map(schema);
            case UNION ->
                any(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> record(schema);
        };
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private GenericData.Fixed fixed(Schema schema) {
        byte[] bytes = new byte[schema.getFixedSize()];
        random.nextBytes(bytes);
        return new GenericData.Fixed(schema, bytes);
    }

    private List<@Nullable Object> array(Schema schema) {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            items.add(any(schema.getElementType()));
        }
        return items;
    }

    private Map<String, @Nullable Object> map(Schema schema) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put(KEYS.get(random.nextInt(KEYS.size())), any(schema.getValueType()));
        }
        return entries;
    }
}
