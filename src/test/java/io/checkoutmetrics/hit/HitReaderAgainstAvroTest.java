package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Holds the reader to Avro's own, which decodes whole records, over random writer's schemas and data. */
class HitReaderAgainstAvroTest {
    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void readsWhatAvroReads(@ForAll long seed, @ForAll boolean sizedBlocks) throws IOException {
        Random random = new Random(seed);
        Schema schema = new RandomSchemas(random).hitSchema();
        HitReader reader = TestHits.reader(schema, ReadByAvro.RULES);
        for (int i = 0; i < 10; i++) {
            byte[] bytes = TestHits.encode(schema, new RandomHits(random).record(schema), sizedBlocks);
            GenericRecord decoded = new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));

            assertThat(ReadByAvro.withoutPosition(reader.read(bytes, 0)))
                    .isEqualTo(ReadByAvro.expected(schema, decoded));
        }
    }
}
