package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open transactions of processes that are members of a group, and of some that are none, on a real broker. */
class AbandonedTransactionsIT {
    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    private final String living = UUID.randomUUID().toString();
    private final String dead = UUID.randomUUID().toString();
    private final String application = "app-" + UUID.randomUUID();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private AbandonedTransactions abandoned;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic("some", 1, (short) 1))).all().get();
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @BeforeEach
    void fresh() {
        abandoned = new AbandonedTransactions(admin, application, false);
        open.push(abandoned);
    }

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void transactionOfWhoIsGone_isAborted_andThoseOfOthersAreNot() {
        join(application + "-" + living + "-StreamThread-1-consumer");
        KafkaProducer<byte[], byte[]> goes = begin(application + "-" + dead + "-1");
        KafkaProducer<byte[], byte[]> stays = begin(application + "-" + living + "-1");
        KafkaProducer<byte[], byte[]> anothers = begin(application + "-more-" + dead + "-1");

        lookTwice(living);

        assertThatThrownBy(goes::commitTransaction).isInstanceOf(KafkaException.class);
        assertThatCode(stays::commitTransaction).doesNotThrowAnyException();
        assertThatCode(anothers::commitTransaction).doesNotThrowAnyException();
    }

    @Test
    void transactionSeenOnce_isNotAborted() {
        join(application + "-" + living + "-StreamThread-1-consumer");
        KafkaProducer<byte[], byte[]> stays = begin(application + "-" + dead + "-1");

        abandoned.look(living);

        assertThatCode(stays::commitTransaction).doesNotThrowAnyException();
    }

    @Test
    void whoIsNoMemberItself_abortsNothing() {
        join(application + "-" + living + "-StreamThread-1-consumer");
        KafkaProducer<byte[], byte[]> stays = begin(application + "-" + living + "-1");

        lookTwice(dead);

        assertThatCode(stays::commitTransaction).doesNotThrowAnyException();
    }

    @Test
    void memberOfAnUnknownProcess_keepsEverythingFromBeingAborted() {
        join(application + "-" + living + "-StreamThread-1-consumer");
        join("a name that somebody chose");
        KafkaProducer<byte[], byte[]> stays = begin(application + "-" + dead + "-1");

        lookTwice(living);

        assertThatCode(stays::commitTransaction).doesNotThrowAnyException();
    }

    private void lookTwice(String own) {
        abandoned.look(own);
        abandoned.look(own);
    }

    private void join(String clientId) {
        KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "group.id", application,
                        "client.id", clientId),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        open.push(
                () -> member.close(CloseOptions.timeout(Duration.ZERO))); // else it waits for members that do not poll
        member.subscribe(List.of("some"));
        Awaitility.await().ignoreException(GroupIdNotFoundException.class).until(() -> {
            member.poll(Duration.ofMillis(50));
            return isMember(clientId);
        });
    }

    private boolean isMember(String clientId) {
        return KafkaAnswers.of(admin.describeClassicGroups(List.of(application)).all()).values().stream()
                .flatMap(group -> group.members().stream())
                .anyMatch(member -> member.clientId().equals(clientId));
    }

    private KafkaProducer<byte[], byte[]> begin(String transactionalId) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        open.push(producer);
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("some", new byte[1]));
        producer.flush();
        return producer;
    }
}
