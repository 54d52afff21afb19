package io.checkoutmetrics.faults;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.registry.RegistryClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends hits all the time, until closed: page views, checkouts with and without event ID, some twice, some late, some that
 * cannot be read. It sees no faults of the network; the topic says what it sent.
 */
final class Shoppers implements AutoCloseable {
    static final String TOPIC = "hits";
    static final int PARTITIONS = 3;
    static final List<String> SUITES = List.of("eu", "us", "jp");

    private static final int EVERY_MS = 20;
    private static final int HITS_EACH_TIME = 4;
    private static final int REMEMBERED = 300;
    private static final int GARBAGE = 40;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Object> settings;
    private final RegistryClient registry;
    private final Random random;
    private final Deque<byte[]> sent = new ArrayDeque<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicInteger schemas = new AtomicInteger();
    private final Thread thread;
    private HitWriter writer;
    private volatile boolean isClosed;
    private volatile boolean isSilent;

    Shoppers(String bootstrapServers, String registryUrl, long seed) {
        random = new Random(seed);
        settings = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "linger.ms", 5,
                "max.block.ms", 600_000,
                "delivery.timeout.ms", 600_000,
                "request.timeout.ms", 10_000));
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        registry = RegistryClient.of(Map.of("schema.registry.url", registryUrl));
        writer = newWriter();
        thread = new Thread(this::shop, "shoppers");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From here on hits come in a schema that nobody has seen before. */
    synchronized void changeSchema() {
        writer = newWriter();
    }

    private HitWriter newWriter() {
        Schema schema = HitWriter.variant(Hit.getClassSchema(), schemas.getAndIncrement());
        return new HitWriter(registry.register(TOPIC + "-value", schema.toString()), schema);
    }

    /** Nobody shops until told otherwise. */
    void silence(boolean silent) {
        isSilent = silent;
    }

    /** Sends what cannot be read: less than the job takes for a broken input. */
    synchronized void sendGarbage() {
        for (int i = 0; i < GARBAGE; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = 1;
            } else if (bytes.length >= 5) {
                writer.frame(bytes);
            }
            send(bytes);
        }
    }

    /** Sends the last hits once more. */
    synchronized void sendAgain() {
        List.copyOf(sent).forEach(this::send);
    }

    /** Writes hits in a transaction that stays open so long; then it is committed or aborted. */
    void openTransaction(Duration lasting, boolean commit) {
        Map<String, Object> transactional = new HashMap<>(settings);
        transactional.put("transactional.id", "shopper-" + System.nanoTime());
        transactional.put("transaction.timeout.ms", (int) lasting.toMillis() + 60_000);
        try (KafkaProducer<byte[], byte[]> open =
                new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer())) {
            open.initTransactions();
            open.beginTransaction();
            for (int i = 0; i < 3 * PARTITIONS; i++) {
                open.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, null, next()));
            }
            open.flush();
            LockSupport.parkNanos(lasting.toNanos());
            if (commit) {
                open.commitTransaction();
            } else {
                open.abortTransaction();
            }
        }
    }

    /** Hits that brokers have said they have, without those in transactions. */
    long acknowledged() {
        return acknowledged.get();
    }

    private void shop() {
        while (!isClosed) {
            for (int i = 0; i < HITS_EACH_TIME && !isSilent; i++) {
                sendNext();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MS));
        }
    }

    private synchronized void sendNext() {
        byte[] again = random.nextInt(100) == 0 ? sent.peekLast() : null;
        byte[] bytes = again == null ? next() : again;
        if (random.nextInt(1_000) == 0) {
            bytes = java.util.Arrays.copyOf(bytes, bytes.length + (random.nextBoolean() ? 1 : -3));
        }
        send(bytes);
    }

    private synchronized byte[] next() {
        byte[] bytes = writer.bytes(random, System.currentTimeMillis());
        sent.addLast(bytes);
        if (sent.size() > REMEMBERED) {
            sent.removeFirst();
        }
        return bytes;
    }

    private void send(byte[] bytes) {
        producer.send(new ProducerRecord<>(TOPIC, random.nextInt(PARTITIONS), null, bytes), (metadata, failure) -> {
            if (failure == null) {
                acknowledged.incrementAndGet();
            }
        });
    }

    /** Returns when everything sent is in the topic, or for certain not. */
    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(60));
        registry.close();
    }
}
