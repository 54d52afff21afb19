package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.RegistryException;
import io.checkoutmetrics.registry.WireFormat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaGateTest {
    private static final TopicPartition FIRST = new TopicPartition("hits", 0);
    private static final TopicPartition SECOND = new TopicPartition("hits", 1);
    private static final TopicPartition INTERNAL = new TopicPartition("counts", 0);
    private static final String SCHEMA = "\"string\"";
    private static final int UNKNOWN = 4_711;

    private final MutableClock clock = new MutableClock();
    private EmbeddedRegistry registry;
    private RegistryClient client;
    private WriterSchemas schemas;
    private SchemaGate gate;
    private int known;

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.start();
        known = register(SCHEMA);
        client = RegistryClient.of(Map.of("schema.registry.url", registry.url(), "missing.id.cache.ttl.sec", "0"));
        schemas = new WriterSchemas(client, clock, WriterSchemas.PATIENCE);
        assertThat(schemas.schema(known)).isPresent();
        gate = new SchemaGate("hits", schemas);
    }

    @AfterEach
    void stop() {
        schemas.close();
        registry.close();
    }

    private int register(String schema) {
        try (RegistryClient producers = RegistryClient.of(Map.of("schema.registry.url", registry.url()))) {
            return producers.register("hits-value", schema);
        }
    }

    private static byte[] of(int schema) {
        return WireFormat.frame(schema, new byte[] {2, 'x'});
    }

    @SuppressWarnings("NullAway") // a record may have no key
    private static List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition, byte[]... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new ConsumerRecord<byte[], byte[]>(
                        partition.topic(), partition.partition(), 100 + i, null, values[i]))
                .toList();
    }

    @SafeVarargs
    private static ConsumerRecords<byte[], byte[]> polled(List<ConsumerRecord<byte[], byte[]>>... partitions) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (List<ConsumerRecord<byte[], byte[]>> records : partitions) {
            ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
            TopicPartition partition = new TopicPartition(last.topic(), last.partition());
            all.put(partition, records);
            next.put(partition, new OffsetAndMetadata(last.offset() + 1, Optional.empty(), ""));
        }
        return new ConsumerRecords<>(all, next);
    }

    private static long next(ConsumerRecords<byte[], byte[]> records, TopicPartition partition) {
        return Objects.requireNonNull(records.nextOffsets().get(partition)).offset();
    }

    @Test
    void whatIsDecided_passesUntouched() {
        ConsumerRecords<byte[], byte[]> polled = polled(
                records(FIRST, of(known), new byte[0], new byte[] {1}, of(known)), records(INTERNAL, of(UNKNOWN)));

        assertThat(gate.pass(polled)).isSameAs(polled);
        assertThat(gate.held()).isEmpty();
    }

    @Test
    void partition_isHeldBackFromItsFirstUndecidedHitOn_andNoOther() {
        ConsumerRecords<byte[], byte[]> passed = gate.pass(
                polled(records(FIRST, of(known), of(UNKNOWN), of(known)), records(SECOND, of(known), of(known))));

        assertThat(passed.records(FIRST)).extracting(ConsumerRecord::offset).containsExactly(100L);
        assertThat(next(passed, FIRST)).isEqualTo(101);
        assertThat(passed.records(SECOND)).hasSize(2);
        assertThat(next(passed, SECOND)).isEqualTo(102);
        assertThat(gate.held()).containsExactly(FIRST);
    }

    @Test
    void partitionThatBeginsWithAnUndecidedHit_hasNoRecords_butAnOffsetToGoOnFrom() {
        ConsumerRecords<byte[], byte[]> passed = gate.pass(polled(records(FIRST, of(UNKNOWN), of(known))));

        assertThat(passed.isEmpty()).isTrue();
        assertThat(next(passed, FIRST)).isEqualTo(100);
    }

    @Test
    void schemaThatIsRegisteredMeanwhile_opensThePartition() {
        int soon = known + 1;
        gate.pass(polled(records(FIRST, of(soon))));
        assertThat(gate.opens(FIRST)).isFalse();

        assertThat(register("\"int\"")).isEqualTo(soon);

        await().until(() -> gate.opens(FIRST));
        assertThat(gate.held()).isEmpty();
        assertThat(gate.pass(polled(records(FIRST, of(soon)))).count()).isEqualTo(1);
    }

    @Test
    void allUnknownSchemasOfAPoll_waitTogether_andThosesAfterThem_less() {
        gate.pass(polled(records(FIRST, of(UNKNOWN), of(UNKNOWN + 1)), records(SECOND, of(UNKNOWN + 2))));
        await().until(() -> schemas.isAwaited(UNKNOWN + 2));
        clock.move(WriterSchemas.PATIENCE.minusMillis(1));
        assertThat(gate.opens(FIRST)).isFalse();
        clock.move(Duration.ofMillis(1));

        await().until(() -> gate.opens(FIRST));
        await().until(() -> gate.opens(SECOND));
        await().until(() -> gate.pass(polled(records(FIRST, of(UNKNOWN + 1)))).count() == 1);

        gate.pass(polled(records(FIRST, of(UNKNOWN + 3))));
        await().until(() -> schemas.isAwaited(UNKNOWN + 3));
        clock.move(WriterSchemas.LITTLE_PATIENCE);
        await().until(() -> gate.opens(FIRST));
    }

    @Test
    void unknownSchemasThatKeepComing_soonHoldNothingBack() {
        for (int id = UNKNOWN; id < UNKNOWN + WriterSchemas.FEW; id++) {
            int next = id;
            gate.pass(polled(records(FIRST, of(next))));
            await().until(() -> schemas.isAwaited(next));
            clock.move(id == UNKNOWN ? WriterSchemas.PATIENCE : WriterSchemas.LITTLE_PATIENCE);
            await().until(() -> gate.opens(FIRST));
        }

        gate.pass(polled(records(FIRST, of(UNKNOWN + WriterSchemas.FEW))));

        await("asked once, and no time passes").until(() -> gate.opens(FIRST));
    }

    @Test
    void registryThatRefuses_holdsNothingBack_soThatWhoReadsTheHitFindsOut() throws IOException {
        registry.close();
        HttpServer refusing = HttpServer.create(new InetSocketAddress("127.0.0.1", registry.port()), 0);
        refusing.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        refusing.start();
        try {
            gate.pass(polled(records(FIRST, of(UNKNOWN))));

            await().until(() -> gate.opens(FIRST));
            assertThatThrownBy(() -> schemas.schema(UNKNOWN)).isInstanceOf(RegistryException.Refused.class);
        } finally {
            refusing.stop(0);
        }
    }

    @Test
    void schemaThatWasGivenUp_isAskedForAgain_andItsHitsPassMeanwhile() {
        int late = known + 1;
        gate.pass(polled(records(FIRST, of(late))));
        await().until(() -> schemas.isAwaited(late));
        clock.move(WriterSchemas.PATIENCE);
        await().until(() -> gate.opens(FIRST));
        assertThat(schemas.schema(late)).isEmpty();

        assertThat(register("\"int\"")).isEqualTo(late);
        clock.move(WriterSchemas.GIVEN_UP_FOR);

        await().until(() -> gate.pass(polled(records(FIRST, of(late)))).count() == 1 && schemas.known(late) != null);
        assertThat(schemas.schema(late)).isPresent();
    }

    @Test
    void registryThatIsAway_holdsBack_howeverLong() {
        registry.close();
        gate.pass(polled(records(FIRST, of(UNKNOWN))));
        await().until(schemas::isWaiting);

        clock.move(Duration.ofDays(1));

        assertThat(gate.opens(FIRST)).isFalse();
    }

    @Test
    void partitionThatIsSomebodyElses_isForgotten() {
        gate.pass(polled(records(FIRST, of(UNKNOWN))));

        gate.forget(FIRST);

        assertThat(gate.held()).isEmpty();
        assertThat(gate.opens(FIRST)).isFalse();
    }
}
