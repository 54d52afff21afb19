package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads from a real broker what transactions have left there. */
class TopicReaderIT {

    @TempDir
    Path folder;

    @Test
    void onlyWhatIsCommitted_isRead_toTheEndOrTheCommittedOffset() throws Exception {
        try (TestBroker broker = new TestBroker(folder);
                FakeRegistry registry = new FakeRegistry();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            registry.put(1, FakeRegistry.contract("Hit").toString());
            registry.put(2, FakeRegistry.contract("CheckoutInterval").toString());
            admin.createTopics(List.of(
                            new NewTopic("hits", 2, (short) 1),
                            new NewTopic("finals", 1, (short) 1),
                            new NewTopic("dead", 1, (short) 1)))
                    .all()
                    .get();
            produce(broker);
            admin.alterConsumerGroupOffsets("job", Map.of(new TopicPartition("hits", 0), new OffsetAndMetadata(1)))
                    .all()
                    .get();

            TopicReader reader = new TopicReader(broker.address(), registry.url());

            List<Arrival> all = reader.hits("hits", reader.ends("hits"), Rules.defaults());
            assertThat(all).extracting(Arrival::partition).containsExactly(0, 0, 1);
            assertThat(all).extracting(Arrival::recordTimeMs).containsExactly(1_000L, 2_000L, 3_000L);
            assertThat(all.get(2).unreadable()).isEqualTo("bad_frame");

            Map<Integer, Long> committed = reader.committed("job", "hits");
            assertThat(committed).isEqualTo(Map.of(0, 1L, 1, 0L));
            assertThat(reader.hits("hits", committed, Rules.defaults())).hasSize(1);

            assertThat(reader.deadLetters("dead")).containsExactly(new DeadLetter(1, 0, "bad_frame"));

            List<Published> finals = reader.published("finals");
            assertThat(Audit.keys(finals)).isEmpty();
            assertThat(Audit.compareUnordered(List.of(interval(7)), values(finals)))
                    .isEmpty();
        }
    }

    private static void produce(TestBroker broker) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address(), "transactional.id", "t");
        byte[] hit = FakeRegistry.framed(1, record("Hit", Map.of("reportSuite", "eu", "events", "scCheckout")));
        byte[] key = "[\"eu\"]".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("hits", 0, 1_000L, null, hit));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("hits", 0, 1_500L, null, hit));
            producer.send(new ProducerRecord<>("finals", 0, key, finalBytes(8)));
            producer.send(deadLetter());
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("hits", 0, 2_000L, null, hit));
            producer.send(new ProducerRecord<>("hits", 1, 3_000L, null, new byte[0]));
            producer.send(new ProducerRecord<>("finals", 0, key, finalBytes(7)));
            producer.send(deadLetter());
            producer.commitTransaction();
        }
    }

    private static ProducerRecord<byte[], byte[]> deadLetter() {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>("dead", new byte[0]);
        Map.of("reason", "bad_frame", "__streams.errors.partition", "1", "__streams.errors.offset", "0")
                .forEach((name, value) -> letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return letter;
    }

    private static List<JsonNode> values(List<Published> records) {
        return records.stream().map(Published::value).toList();
    }

    private static JsonNode interval(long checkouts) {
        Interval.Numbers numbers = new Interval.Numbers(true, false);
        numbers.checkouts = checkouts;
        numbers.increments = 9;
        numbers.hits = 11;
        return Interval.at(0, Duration.ofMinutes(1), "eu", "", "").json(numbers);
    }

    private static byte[] finalBytes(long checkouts) throws Exception {
        return FakeRegistry.framed(
                2,
                record(
                        "CheckoutInterval",
                        Map.of(
                                "reportSuite",
                                "eu",
                                "dimension",
                                "",
                                "item",
                                "",
                                "start",
                                Instant.EPOCH.toEpochMilli(),
                                "end",
                                60_000L,
                                "checkouts",
                                checkouts,
                                "increments",
                                9L,
                                "hits",
                                11L)));
    }

    private static GenericRecord record(String contract, Map<String, Object> fields) throws Exception {
        Schema schema = FakeRegistry.contract(contract);
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        fields.forEach(record::set);
        return record.build();
    }
}
