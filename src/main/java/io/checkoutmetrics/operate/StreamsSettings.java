package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** The engine's settings: what this job wants, over Kafka's defaults, under what the user sets with {@code kafka.*}. */
final class StreamsSettings {
    private static final long UNASKED_COMMITS_MS = 1_000;

    /** The shortest that brokers allow by default: so long after its last sign of life an instance is replaced. */
    private static final int SESSION_MS = 6_000;

    /** With its next heartbeat an instance learns that another has left, and begins to take over. */
    private static final int HEARTBEAT_MS = 100;

    /**
     * Brokers that assign the work say only once what a member is to give up; if the answer is lost, nobody does that work until
     * this is over, Kafka's five minutes by default. A thread that takes so long for a round has lost its transaction anyway.
     */
    private static final int GIVES_UP_TASKS_WITHIN_MS = 30_000;

    /**
     * A series is one record: with many slices, or while much waits for a time that a partition holds back, more than the MiB that
     * Kafka allows by default.
     */
    private static final int MOST_BYTES_OF_RECORD = 8 << 20;

    /**
     * For so long a broker may keep a fetch of standbys open; what work that moves here still lacks is fetched after that,
     * though it be one record.
     */
    private static final int STANDBY_WAITS_MS = 50;

    /** Brokers may be away for longer than Kafka's five minutes: that is no reason for a thread to die. */
    private static final Duration WAITS_FOR_BROKERS = Duration.ofDays(1);

    private StreamsSettings() {}

    /** Whether each instance has a name of its own in the group, under which it is expected back. */
    static boolean isStaticMember(Settings settings) {
        return Stream.of("", StreamsConfig.CONSUMER_PREFIX, StreamsConfig.MAIN_CONSUMER_PREFIX)
                .anyMatch(prefix -> settings.kafka().containsKey(prefix + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
    }

    /** Whether brokers assign the work to the instances, not one of these (KIP-1071). */
    static boolean isAssignedByBrokers(Settings settings) {
        return GroupProtocol.STREAMS.name.equalsIgnoreCase(settings.kafka().get(StreamsConfig.GROUP_PROTOCOL_CONFIG));
    }

    static Properties of(Settings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "1");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "0"); // the stages have caches of their own
        properties.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, WAITS_FOR_BROKERS.toMillis());
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1"); // a task reads one partition: none to wait for
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, "true");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), "CreateTime");
        properties.put(StreamsConfig.topicPrefix(TopicConfig.RETENTION_BYTES_CONFIG), "-1"); // else as the brokers like
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MOST_BYTES_OF_RECORD);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES_OF_RECORD);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000"); // many, but few enough for the processor's caches
        properties.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), STANDBY_WAITS_MS);
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, "-1"); // else a fetch arrives in portions of 64 KB
        if (isAssignedByBrokers(settings)) {
            properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, GIVES_UP_TASKS_WITHIN_MS);
        } else { // with them these are the brokers' to choose, and refused here
            properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
            if (!isStaticMember(settings)) {
                properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
            }
        }
        properties.putAll(clients(settings));
        properties.compute(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, (name, users) -> commitIntervalOfEngine(users));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
        properties.put(BoundedRocksDb.MEMORY_MB, settings.stateMemoryMb());
        return properties;
    }

    /** Whether a failure makes no hit count twice. */
    static boolean isExactlyOnce(Settings settings) {
        return new StreamsConfig(of(settings))
                .getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)
                .equals(StreamsConfig.EXACTLY_ONCE_V2);
    }

    /**
     * The stages ask for a commit when they sent something that others wait for, as often as the user's interval allows. The
     * engine's own are for what nobody waits for, history above all.
     */
    private static Object commitIntervalOfEngine(@Nullable Object users) {
        if (users == null) {
            return UNASKED_COMMITS_MS;
        }
        try {
            long usersMs = Long.parseLong(users.toString());
            return usersMs < 0
                    ? users
                    : Math.max(UNASKED_COMMITS_MS, usersMs); // Kafka Streams refuses less than nothing
        } catch (NumberFormatException e) {
            return users; // and what is no number, and says why
        }
    }

    /**
     * Lets Kafka Streams look at what is meant for it.
     *
     * @throws InvalidSettingsException naming what is wrong
     */
    static void check(Settings settings) {
        StreamsConfig config;
        try {
            config = new StreamsConfig(of(settings));
        } catch (ConfigException | IllegalArgumentException e) {
            throw new InvalidSettingsException("kafka.*: " + e.getMessage());
        }
        if (config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG) < 1) {
            throw new InvalidSettingsException("kafka." + StreamsConfig.NUM_STREAM_THREADS_CONFIG
                    + ": nothing is done without a thread. Use 1 or more, for each instance.");
        }
    }

    /** What every client of Kafka needs: addresses, security, and whatever else the user passes on. */
    static Map<String, Object> clients(Settings settings) {
        return new HashMap<>(settings.kafka());
    }
}
