package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Of values looked at where they lie in the batch, and of such as the consumer has copied. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class CondenserTest {
    private static final long NOON = Instant.parse("2026-01-05T12:00:00Z").toEpochMilli();
    private static final TopicPartition HITS = new TopicPartition("hits", 0);

    @Parameter
    boolean areCopies;

    private EmbeddedRegistry registry;
    private WriterSchemas schemas;
    private AvroSerializer<Hit> serializer;
    private HitIntake intake;
    private HitIntake.ForConsumer consumer;
    private final List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.start();
        RegistryClient client = RegistryClient.of(Map.of("schema.registry.url", registry.url()));
        schemas = new WriterSchemas(client);
        serializer = new AvroSerializer<>(client);
        serializer.configure(Map.of("schema.registry.url", registry.url()), false);
        intake = intake("input.condense=true");
        consumer = consumerOf(intake);
    }

    private HitIntake.ForConsumer consumerOf(HitIntake intake) {
        return areCopies ? intake.forConsumerOfCopies() : intake.forConsumer();
    }

    @AfterEach
    void stop() {
        schemas.close();
        registry.close();
    }

    private HitIntake intake(String assignment) {
        SettingsSource settings = new SettingsSource();
        settings.assignment(assignment).assignment("grace=1m").assignment("windows=1m/1s");
        return new HitIntake(settings.read(), schemas, () -> Instant.ofEpochMilli(NOON + 60_000));
    }

    private void knowTheSchema() {
        byte[] any = hit("eu", "");
        assertThat(schemas.schema(WireFormat.schemaId(any))).isPresent();
    }

    private byte[] hit(String reportSuite, String events) {
        return serializer.serialize(
                "hits",
                Hit.newBuilder().setReportSuite(reportSuite).setEvents(events).build());
    }

    private void received(byte[] value, long recordMs) {
        received(value, recordMs, new RecordHeaders());
    }

    /** The next record of the partition, as the consumer deserializes it. */
    private void received(byte[] value, long recordMs, Headers headers) {
        polled.add(new ConsumerRecord<>(
                "hits",
                0,
                polled.size(),
                recordMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[] {7},
                consumer.values().deserialize("hits", headers, ByteBuffer.wrap(value)),
                headers,
                Optional.empty()));
    }

    private List<ConsumerRecord<byte[], byte[]>> condensed() {
        Map<TopicPartition, OffsetAndMetadata> next = Map.of(HITS, new OffsetAndMetadata(polled.size()));
        ConsumerRecords<byte[], byte[]> records = consumer.condense(new ConsumerRecords<>(Map.of(HITS, polled), next));
        assertThat(records.nextOffsets()).isEqualTo(next);
        return records.records(HITS);
    }

    private CheckoutHit read(byte[] value) {
        return (CheckoutHit) new HitReaders(schemas, new SettingsSource().read().hits()).read(value);
    }

    private HitRun run(ConsumerRecord<byte[], byte[]> record) {
        return RunHeader.runOf(record.headers()).orElseThrow();
    }

    @Test
    void neighbours_becomeOneRecord_atTheFirstOffset_withTheNewestTime() {
        knowTheSchema();
        received(hit("eu", ""), NOON);
        received(hit("us", "event5"), NOON + 900);
        received(hit("eu", ""), NOON + 800);
        received(hit("eu", ""), NOON + 1_000);
        List<ConsumerRecord<byte[], byte[]>> condensed = condensed();
        assertThat(condensed).hasSize(1);
        assertThat(condensed.get(0).offset()).isZero();
        assertThat(condensed.get(0).timestamp()).isEqualTo(NOON + 1_000);
        assertThat(run(condensed.get(0)).lastOffset()).isEqualTo(3);
        assertThat(run(condensed.get(0)).tallies())
                .containsExactlyInAnyOrder(
                        new HitTally("eu", NOON, 2), new HitTally("us", NOON, 1), new HitTally("eu", NOON + 1_000, 1));
    }

    @Test
    void whatIsNoPlainHit_comesThroughAsItIs_andParts_twoRuns() {
        knowTheSchema();
        byte[] refused = hit("eu", "scCheckout=x");
        byte[] nearMiss = hit("eu", "sccheckout");
        byte[] broken = {0, 0, 0};
        received(hit("eu", ""), NOON);
        received(refused, NOON);
        received(nearMiss, NOON);
        received(broken, NOON);
        received(hit("eu", ""), NOON);
        List<ConsumerRecord<byte[], byte[]>> condensed = condensed();
        assertThat(condensed).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(condensed.subList(1, 4))
                .extracting(ConsumerRecord::value)
                .containsExactly(refused, nearMiss, broken);
        assertThat(condensed.get(1).key()).containsExactly(7);
    }

    @Test
    void checkouts_goAlongInTheRun_asTheyWereReceived() {
        knowTheSchema();
        byte[] first = hit("eu", "scCheckout:A1");
        byte[] second = hit("us", "scCheckout");
        received(first, NOON);
        received(hit("eu", ""), NOON + 700);
        received(second, NOON + 500);
        received(hit("eu", ""), NOON + 600);
        List<ConsumerRecord<byte[], byte[]>> condensed = condensed();
        assertThat(condensed).singleElement().satisfies(record -> {
            assertThat(record.offset()).isZero();
            assertThat(record.timestamp()).isEqualTo(NOON + 700);
            assertThat(run(record).lastOffset()).isEqualTo(3);
            assertThat(run(record).tallies()).containsExactly(new HitTally("eu", NOON, 2));
            assertThat(run(record).checkouts())
                    .usingRecursiveComparison()
                    .isEqualTo(List.of(
                            new HitRun.Kept(NOON, new ReceivedHit(new byte[] {7}, first, NOON, 0), read(first)),
                            new HitRun.Kept(
                                    NOON + 700, new ReceivedHit(new byte[] {7}, second, NOON + 500, 2), read(second))));
        });
    }

    @Test
    void checkoutWhoseTimeIsNotCredible_comesThroughAsItIs() {
        knowTheSchema();
        byte[] checkout = hit("eu", "scCheckout");
        received(hit("eu", ""), NOON);
        received(checkout, NOON + 120_001);
        received(hit("eu", ""), NOON);
        assertThat(condensed())
                .hasSize(3)
                .element(1)
                .extracting(ConsumerRecord::value)
                .isEqualTo(checkout);
    }

    @Test
    void schemaThatNobodyAskedForYet_isNotSure_soNothingIsCondensed() {
        byte[] plain = hit("eu", "");
        received(plain, NOON);
        received(plain, NOON);
        assertThat(condensed()).extracting(ConsumerRecord::value).containsExactly(plain, plain);
    }

    @Test
    void schemaThatCannotBeUsed_comesThroughAsItIs_andIsNotTriedAgain() {
        RegistryClient client = RegistryClient.of(Map.of("schema.registry.url", registry.url()));
        int id = client.register("other-value", "{\"type\":\"record\",\"name\":\"NoHit\",\"fields\":[]}");
        assertThat(schemas.schema(id)).isPresent();
        byte[] value = WireFormat.frame(id, new byte[] {1});
        received(value, NOON);
        received(value, NOON);
        assertThat(condensed()).extracting(ConsumerRecord::value).containsExactly(value, value);
    }

    @Test
    void timesThatMightBeJudgedOtherwise_areRunsOfTheirOwn() {
        knowTheSchema();
        received(hit("eu", ""), NOON);
        received(hit("eu", ""), NOON - 60_000); // within the grace and the delay
        received(hit("eu", ""), NOON - 60_201);
        received(hit("eu", ""), 5);
        received(hit("eu", ""), NOON + 120_001);
        received(hit("eu", ""), NOON + 1);
        assertThat(condensed()).extracting(one -> run(one).lastOffset()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void recordThatPretendsToBeARun_isAHit() {
        RunHeader ours = new RunHeader(new HitRun(5, List.of(new HitTally("eu", NOON, 1_000_000)), List.of()));
        Headers forged = new RecordHeaders().add(ours.key(), ours.value());
        received(new byte[0], NOON, forged);
        ConsumerRecord<byte[], byte[]> through = condensed().get(0);
        assertThat(RunHeader.runOf(through.headers())).isEmpty();
        assertThat(RunHeader.runOf(ours.alone())).isPresent();
    }

    @Test
    void switchedOff_nothingIsCondensed() {
        knowTheSchema();
        consumer = consumerOf(intake("input.condense=false"));
        byte[] plain = hit("eu", "");
        received(plain, NOON);
        received(plain, NOON);
        assertThat(condensed()).hasSize(2);
    }
}
