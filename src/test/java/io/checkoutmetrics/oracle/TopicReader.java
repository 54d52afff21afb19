package io.checkoutmetrics.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, only what is committed, with Kafka's consumer and Avro's own reader. */
public final class TopicReader {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Object> consumerSettings;
    private final Schemas schemas;

    /** @param clientSettings further settings of the consumer, such as those of TLS */
    public TopicReader(String bootstrapServers, String registryUrl, Map<String, ?> clientSettings) {
        consumerSettings = new HashMap<>(clientSettings);
        consumerSettings.put("bootstrap.servers", bootstrapServers);
        consumerSettings.put("isolation.level", "read_committed");
        consumerSettings.put("enable.auto.commit", "false");
        consumerSettings.put("auto.offset.reset", "none");
        schemas = new Schemas(registryUrl);
    }

    public TopicReader(String bootstrapServers, String registryUrl) {
        this(bootstrapServers, registryUrl, Map.of());
    }

    /** The offset at which each partition of a topic ends now. */
    public Map<Integer, Long> ends(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of())) {
            Map<Integer, Long> ends = new HashMap<>();
            consumer.endOffsets(partitions(consumer, topic))
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        }
    }

    /** The offsets that a group, named like the job's application ID, has committed: 0 where it has none. */
    public Map<Integer, Long> committed(String group, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of("group.id", group))) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, OffsetAndMetadata> offsets = consumer.committed(new HashSet<>(partitions));
            Map<Integer, Long> committed = new HashMap<>();
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata offset = offsets.get(partition);
                committed.put(partition.partition(), offset == null ? 0L : offset.offset());
            }
            return committed;
        }
    }

    /** The hits before the given offset of each partition, in the order of partition and offset. */
    public List<Arrival> hits(String topic, Map<Integer, Long> upTo, Rules rules) {
        HitDecoder decoder = new HitDecoder(schemas, rules);
        List<Arrival> arrivals = new ArrayList<>();
        read(
                topic,
                upTo,
                record -> arrivals.add(
                        decoder.decode(record.partition(), record.offset(), record.timestamp(), record.value())));
        arrivals.sort(Comparator.comparingInt(Arrival::partition).thenComparingLong(Arrival::offset));
        return arrivals;
    }

    /** All records of an output topic, in the order of partition and offset. Tombstones are left out. */
    public List<Published> published(String topic) {
        List<Published> records = new ArrayList<>();
        read(topic, ends(topic), record -> published(record).ifPresent(records::add));
        records.sort(Comparator.comparingInt(Published::partition).thenComparingLong(Published::offset));
        return records;
    }

    /** All records of the dead-letter topic, by what their headers say. */
    public List<DeadLetter> deadLetters(String topic) {
        List<DeadLetter> letters = new ArrayList<>();
        read(
                topic,
                ends(topic),
                record -> letters.add(new DeadLetter(
                        Integer.parseInt(header("__streams.errors.partition", record)),
                        Long.parseLong(header("__streams.errors.offset", record)),
                        header("reason", record))));
        return letters;
    }

    private static String header(String name, ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalStateException(
                    "no " + name + " in " + record.topic() + "-" + record.partition() + "@" + record.offset());
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private Optional<Published> published(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            Schema schema = schemas.find(ByteBuffer.wrap(value, 1, 4).getInt()).orElseThrow();
            var decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
            GenericRecord decoded = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            return Optional.of(new Published(record.partition(), record.offset(), key, AvroJson.record(decoded, true)));
        } catch (java.io.IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "cannot read " + record.topic() + "-" + record.partition() + "@" + record.offset(), e);
        }
    }

    /** Positions, not offsets of records, tell the end: the marks of transactions take offsets too. */
    private void read(String topic, Map<Integer, Long> upTo, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of())) {
            Set<TopicPartition> unread = new HashSet<>(partitions(consumer, topic));
            consumer.assign(unread);
            consumer.seekToBeginning(unread);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            unread.removeIf(partition -> consumer.position(partition) >= end(partition, upTo));
            while (!unread.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                    if (record.offset() < upTo.getOrDefault(record.partition(), 0L)) {
                        each.accept(record);
                    }
                }
                unread.removeIf(partition -> consumer.position(partition) >= end(partition, upTo));
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("nothing came for " + PATIENCE + " from " + unread);
                }
            }
        }
    }

    private static long end(TopicPartition partition, Map<Integer, Long> upTo) {
        return upTo.getOrDefault(partition.partition(), 0L);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
