package io.checkoutmetrics.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pulsar.kafka.shade.avro.Schema;
import org.apache.pulsar.kafka.shade.avro.generic.GenericDatumReader;
import org.apache.pulsar.kafka.shade.avro.io.DecoderFactory;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;

/** With Confluent's own classes, 7.0.1, as Apache Pulsar ships them: relocated, with an Avro of their own. */
abstract class ShadedConfluentContract extends ConfluentContract {
    @Override
    Serializer<Object> genuineSerializer() {
        return new KafkaAvroSerializer();
    }

    @Override
    Deserializer<Object> genuineDeserializer() {
        return new KafkaAvroDeserializer();
    }

    @Override
    Object theirs(IndexedRecord ours) {
        try {
            Schema schema = new Schema.Parser().parse(ours.getSchema().toString());
            return new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(RawAvro.of(ours), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
