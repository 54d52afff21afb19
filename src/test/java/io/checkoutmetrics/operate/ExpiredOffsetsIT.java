package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.embedded.HitProducer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The brokers have deleted the offsets of a job that was away for long; a test does it by hand. */
class ExpiredOffsetsIT {
    private static final TopicPartition HITS = new TopicPartition("hits", 0);
    private static final TopicPartition METRICS = new TopicPartition("checkout-metrics", 0);
    private static final TopicPartition SERIES = new TopicPartition("checkout-metrics-series-changelog", 0);
    private static final Duration PATIENCE = Patience.LONG;

    @RegisterExtension
    final BrokerAndRegistry cluster = new BrokerAndRegistry();

    private Admin admin;
    private Settings settings;

    @BeforeEach
    void start() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", cluster.brokers()));
        SettingsSource source = new SettingsSource().set("idle.timeout", "1s");
        cluster.settings().forEach(source::set);
        settings = source.read();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void jobThatHasCounted_andWhoseOffsetsAreGone_isNotTakenForANewOne_untilItIsSaidWhereItGoesOn() throws Exception {
        try (Job job = Job.start(settings)) {
            send();
            await().atMost(PATIENCE).until(() -> isRunning(job) && hasOffsets() && end(METRICS) > 0);
        }
        deleteOffsets("checkout-metrics", "checkout-metrics-topics");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(
                        "offsets: the group \"checkout-metrics\" has no offsets of \"hits\" any more, but what the job"
                                + " counted is there")
                .contains("another application.id", "--topic hits --reset-offsets --to-datetime ");
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("has no offsets of \"hits\" any more");

        admin.alterConsumerGroupOffsets("checkout-metrics", Map.of(HITS, new OffsetAndMetadata(end(HITS))))
                .all()
                .get();
        assertThat(problems()).isEmpty();
        try (Job job = Job.start(settings)) {
            await().atMost(PATIENCE).until(() -> isRunning(job));
        }
    }

    @Test
    void jobThatNeverHadAHit_startsAgain_thoughItHasTopicsAndNoOffsets() throws Exception {
        try (Job job = Job.start(settings)) {
            await().atMost(PATIENCE)
                    .until(() -> isRunning(job)
                            && job.engine().metadataForLocalThreads().size() > 0);
        }
        assertThat(hasOffsets()).isFalse();
        assertThat(problems()).isEmpty();
    }

    @Test
    void whatWasNeverCommitted_isNoCount() throws Exception {
        try (Job job = Job.start(settings)) {
            await().atMost(PATIENCE).until(() -> isRunning(job));
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.brokers(), "transactional.id", "killed"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(SERIES.topic(), new byte[] {1}, new byte[] {1}))
                    .get();
            producer.abortTransaction();
        }
        assertThat(end(SERIES)).isPositive();
        assertThat(problems()).isEmpty();
    }

    private List<String> problems() {
        return Preflight.findings(settings, false).stream()
                .filter(Finding::isProblem)
                .map(Finding::line)
                .toList();
    }

    private static boolean isRunning(Job job) throws InterruptedException {
        job.awaitEnd(Duration.ofMillis(100));
        return job.state().equals("RUNNING");
    }

    private boolean hasOffsets() {
        return OffsetCheck.ask(admin, settings).hasBegun();
    }

    private long end(TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private void deleteOffsets(String... groups) {
        for (String group : groups) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupNotEmptyException)
                    .until(() -> isDeleted(group));
        }
    }

    /** There is none where the job was closed before it had come to remember its topics. */
    private boolean isDeleted(String group) throws Exception {
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return true;
    }

    private void send() throws Exception {
        try (HitProducer producer = new HitProducer(cluster.brokers(), cluster.registryUrl())) {
            producer.send(Hit.newBuilder()
                    .setReportSuite("eu-shop")
                    .setEvents("scCheckout")
                    .build());
        }
    }
}
