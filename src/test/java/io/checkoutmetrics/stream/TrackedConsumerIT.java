package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.registry.RegistryClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a stream thread's consumer leaves its group before the engine closes it, on a real broker. */
class TrackedConsumerIT {
    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    private final String topic = "hits-" + UUID.randomUUID();
    private final String group = "group-of-" + topic;
    private final List<String> told = new ArrayList<>();
    private Admin admin;
    private WriterSchemas schemas;
    private TrackedConsumer consumer;

    @BeforeEach
    void join() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", CLUSTER.brokers()));
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        schemas = new WriterSchemas(RegistryClient.of(Map.of("schema.registry.url", CLUSTER.registryUrl())));
        HitIntake intake = new HitIntake(new SettingsSource().read(), schemas, Clock.systemUTC());
        consumer = new TrackedConsumer(
                Map.of("bootstrap.servers", CLUSTER.brokers(), "group.id", group),
                topic,
                new InputPositions(),
                intake.forConsumer(),
                new EarlyLeave());
    }

    @AfterEach
    void end() {
        consumer.close();
        schemas.close();
        admin.close();
    }

    private void pollUntilAssigned(ConsumerRebalanceListener listener) {
        consumer.subscribe(List.of(topic), listener);
        await().until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return told.contains("assigned");
        });
    }

    private int members() throws InterruptedException, ExecutionException {
        return admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .values()
                .iterator()
                .next()
                .get()
                .members()
                .size();
    }

    @Test
    void consumerThatLeaves_isNoMemberAnyMore_andTheEngineIsNotToldToGiveUpWhatItIsClosing() throws Exception {
        pollUntilAssigned(new Telling(() -> {}));
        assertThat(members()).isEqualTo(1);

        consumer.leave();

        await().untilAsserted(() -> assertThat(members()).isZero());
        consumer.close();
        assertThat(told).containsExactly("assigned");
    }

    @Test
    void taskThatIsClosedByARebalance_isNoReasonToLeave() throws Exception {
        pollUntilAssigned(new Telling(() -> consumer.leave()));

        consumer.poll(Duration.ofMillis(100));

        assertThat(consumer.assignment()).isEqualTo(Set.of(new TopicPartition(topic, 0)));
        assertThat(members()).isEqualTo(1);
        consumer.close();
        assertThat(told).containsExactly("assigned", "revoked");
    }

    /** What the engine is told, and what it does when it is given work. */
    private final class Telling implements ConsumerRebalanceListener {
        private final Runnable whenAssigned;

        Telling(Runnable whenAssigned) {
            this.whenAssigned = whenAssigned;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            told.add("assigned");
            whenAssigned.run();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            told.add("revoked");
        }
    }
}
