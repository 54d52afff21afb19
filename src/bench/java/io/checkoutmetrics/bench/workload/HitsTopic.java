package io.checkoutmetrics.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A workload's topic, written once for a broker's folder. The file with its truth appears beside the folder when it is
 * complete, and says so.
 */
public final class HitsTopic {
    private static final int BATCH_BYTES = 128 << 10;
    private static final int PROVEN_READABLE = 1_000;

    private final String bootstrapServers;
    private final Path folder;

    /** @param folder for the truths */
    public HitsTopic(String bootstrapServers, Path folder) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
    }

    /** Where the truth of a workload is. */
    public Path truthFile(Workload workload) {
        return folder.resolve(workload.topic() + ".json");
    }

    /** Makes sure that the topic is there, whole. */
    public Truth ensure(Workload workload) throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            if (Files.exists(truthFile(workload))) {
                Truth truth = Truth.read(truthFile(workload));
                if (stored(admin, workload) == workload.hits()) {
                    return truth;
                }
            }
            remove(admin, workload.topic());
            create(admin, workload.topic());
            long startNanos = System.nanoTime();
            Truth truth = write(workload);
            long stored = stored(admin, workload);
            if (stored != workload.hits()) {
                throw new IOException(stored + " hits are in the topic instead of " + workload.hits());
            }
            truth.write(truthFile(workload));
            System.err.printf(
                    "wrote %,d hits, %d bytes each, in %d s%n",
                    truth.hits(), truth.bytes() / truth.hits(), (System.nanoTime() - startNanos) / 1_000_000_000);
            return truth;
        }
    }

    /** Creates the topic of a live workload or a drained one. */
    public static void create(Admin admin, String topic) throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(new NewTopic(topic, Workload.PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    private static void remove(Admin admin, String topic) throws InterruptedException, ExecutionException {
        try {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }

    private static long stored(Admin admin, Workload workload) throws InterruptedException {
        try {
            return ends(admin, workload.topic()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (ExecutionException e) {
            return -1;
        }
    }

    /** Of every partition, the offset after its last record. */
    public static Map<Integer, Long> ends(Admin admin, String topic) throws InterruptedException, ExecutionException {
        Map<Integer, Long> ends = new TreeMap<>();
        admin.listOffsets(IntStream.range(0, Workload.PARTITIONS)
                        .boxed()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest())))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /** How a large site's producer would be set up: large compressed batches. */
    public static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, int lingerMs) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG, lingerMs,
                        ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private Truth write(Workload workload) throws IOException {
        HitStream hits = new HitStream(workload.seed(), workload.traffic());
        Truth.Notes notes = new Truth.Notes(workload);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, 100)) {
            for (long i = 0; i < workload.hits() && failure.get() == null; i++) {
                MadeHit hit = hits.next(workload.receivedMs(i));
                if (i < PROVEN_READABLE) {
                    requireReadable(hit.value());
                }
                notes.take(hit);
                producer.send(
                        new ProducerRecord<>(
                                workload.topic(), hit.partition(), hit.receivedMs(), hit.key(), hit.value()),
                        (metadata, exception) -> {
                            if (exception != null) {
                                failure.compareAndSet(null, exception);
                            }
                        });
            }
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IOException("a hit could not be written", failed);
        }
        return notes.truth();
    }

    /** Hits are made of pieces: that these are a record of the schema is seen by reading it with Avro's own reader. */
    private static void requireReadable(byte[] value) throws IOException {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        new GenericDatumReader<GenericRecord>(WideHit.SCHEMA).read(null, in);
        if (!in.isEnd()) {
            throw new IOException("the hits are not what their schema says");
        }
    }
}
