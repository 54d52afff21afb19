package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is noticed of a job's topics on a real broker, without waiting for the next look. */
class InputGuardIT {
    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    private final MutableClock clock = new MutableClock();
    private final List<RuntimeException> told = new CopyOnWriteArrayList<>();
    private Settings settings;
    private Admin admin;
    private InputGuard guard;

    @BeforeEach
    void open() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", CLUSTER.brokers()));
        settings = new SettingsSource()
                .set("kafka.bootstrap.servers", CLUSTER.brokers())
                .read();
        guard = new InputGuard(admin, settings, 1, new BrokerAnswers(clock), told::add, clock);
        List<String> names = new ArrayList<>(new InternalTopicChecks(settings).names());
        names.addAll(List.of("hits", "checkout-metrics", "checkout-intervals", "checkout-dead-letters"));
        Set<String> there = admin.listTopics().names().get();
        admin.createTopics(names.stream()
                        .filter(name -> !there.contains(name))
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList())
                .all()
                .get();
        await().until(() -> TopicState.ask(admin, names).found().size() == names.size());
    }

    @AfterEach
    void close() {
        guard.close();
        admin.close();
    }

    @Test
    void whichTopicsTheJobBeganWith_isWrittenAtOnce_andAgainAfterHours_sinceBrokersForget() throws Exception {
        guard.look();
        Map<String, String> known = KnownTopics.read(admin, settings);
        assertThat(known).containsKeys("hits", "checkout-metrics-series-changelog");

        forget();
        guard.look();
        assertThat(KnownTopics.read(admin, settings)).isEmpty();

        clock.move(Duration.ofHours(6));
        guard.look();
        assertThat(KnownTopics.read(admin, settings)).isEqualTo(known);
        assertThat(told).isEmpty();
    }

    @Test
    void outputTopicThatIsDeleted_isToldOnceTheBrokersHaveSaidSoTwice() throws Exception {
        guard.look();
        admin.deleteTopics(List.of("checkout-dead-letters")).all().get();
        await().until(() ->
                !TopicState.ask(admin, List.of("checkout-dead-letters")).found().containsKey("checkout-dead-letters"));

        guard.look();
        assertThat(told).isEmpty();

        guard.look();
        assertThat(told)
                .singleElement()
                .asString()
                .contains("\"checkout-dead-letters\" is gone", "the command \"check --create\"");
    }

    private void forget() throws Exception {
        admin.deleteConsumerGroups(List.of(KnownTopics.group(settings))).all().get();
    }
}
