package io.checkoutmetrics.operate;

import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the engine tells its consumers. */
class StreamsSettingsTest {
    private static final String SESSION = "session.timeout.ms";
    private static final String HEARTBEAT = "heartbeat.interval.ms";

    @Test
    void memberWithoutName_isReplacedSoon() {
        assertThat(consumer(SESSION)).isEqualTo(6_000);
        assertThat(consumer(HEARTBEAT)).isEqualTo(100);
    }

    @Test
    void memberWithName_isWaitedForAsLongAsKafkaDoes() {
        assertThat(consumer(SESSION, "kafka.group.instance.id=job-1")).isNull();
        assertThat(consumer(SESSION, "kafka.main.consumer.group.instance.id=job-1"))
                .isNull();
        assertThat(consumer(HEARTBEAT, "kafka.group.instance.id=job-1")).isEqualTo(100);
    }

    @Test
    void whatUsersSet_goesOverIt() {
        assertThat(consumer(SESSION, "kafka.session.timeout.ms=9000")).isEqualTo("9000");
        assertThat(consumer(SESSION, "kafka.consumer.session.timeout.ms=9000")).isEqualTo("9000");
    }

    @Test
    void brokersThatAssignTheWork_areToldNoTimeouts() {
        assertThat(consumer(SESSION, "kafka.group.protocol=streams")).isNull();
        assertThat(consumer(HEARTBEAT, "kafka.group.protocol=Streams")).isNull();
    }

    @Test
    void brokersThatAssignTheWork_takeItFromWhoMissedThatItIsToGiveItUp_afterHalfAMinute() {
        assertThat(consumer(MAX_POLL_INTERVAL_MS_CONFIG, "kafka.group.protocol=streams"))
                .isEqualTo(30_000);
        assertThat(consumer(MAX_POLL_INTERVAL_MS_CONFIG)).isNull();
        assertThat(consumer(
                        MAX_POLL_INTERVAL_MS_CONFIG,
                        "kafka.group.protocol=streams",
                        "kafka.max.poll.interval.ms=60000"))
                .isEqualTo("60000");
    }

    @Test
    void nameInTheGroup_isRefusedWhereBrokersAssignTheWork() {
        assertThatThrownBy(() -> StreamsSettings.check(
                        settings("kafka.group.protocol=streams", "kafka.group.instance.id=job-1")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("static membership");
    }

    @Test
    void commitsFurtherApartThanTransactionsLast_areRefused() {
        assertThatThrownBy(() -> StreamsSettings.check(settings("kafka.commit.interval.ms=11000")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("11000");
    }

    private static @Nullable Object consumer(String name, String... assignments) {
        Properties properties = StreamsSettings.of(settings(assignments));
        return new StreamsConfig(properties)
                .getMainConsumerConfigs("group", "client", 1)
                .get(name);
    }

    private static Settings settings(String... assignments) {
        SettingsSource source = new SettingsSource();
        for (String assignment : assignments) {
            source.assignment(assignment);
        }
        return source.read();
    }
}
