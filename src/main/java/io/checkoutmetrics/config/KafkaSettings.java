package io.checkoutmetrics.config;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What Kafka Streams and Kafka's clients know by the names behind {@code kafka.}. A name that they don't know may be that
 * of a plug-in, so it is passed on; one that is an edit or two away from a known one is a mistake.
 */
public final class KafkaSettings {
    private static final Set<String> FREE_PREFIXES = Set.of("client.tag.", "metrics.context.");
    private static final int LETTERS_PER_MISTAKE = 6;
    private static final String THREADS = StreamsConfig.NUM_STREAM_THREADS_CONFIG;

    /** Settings of the job that Kafka has another name for, and that would be lost under that. */
    private static final Map<String, String> OURS = Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            Definition.APPLICATION_ID,
            ConsumerConfig.GROUP_ID_CONFIG,
            Definition.APPLICATION_ID,
            StreamsConfig.STATE_DIR_CONFIG,
            Definition.STATE_DIR);

    /** Whatever else they did, hits would be lost without a word. */
    private static final Set<String> NOBODYS = Set.of(
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            "default.deserialization.exception.handler",
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            "default.production.exception.handler");

    private static final String FOR_EVER = "-1";

    /** Of the job's own topics nothing may be deleted that it has not deleted itself. */
    private static final Set<String> RETENTIONS = Set.of(
            StreamsConfig.topicPrefix(TopicConfig.RETENTION_MS_CONFIG),
            StreamsConfig.topicPrefix(TopicConfig.RETENTION_BYTES_CONFIG));

    private static final Map<String, List<ConfigDef.ConfigKey>> KEYS = keys();
    private static final Set<String> NAMES = names();

    private KafkaSettings() {}

    /** Whether Kafka Streams or one of Kafka's clients knows a setting of this name, which is without {@code kafka.}. */
    public static boolean isKnown(String name) {
        return NAMES.contains(name)
                || FREE_PREFIXES.stream()
                        .anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
    }

    /** Whether blanks around the value mean nothing: Kafka knows the setting, and it is no secret. */
    static boolean isTrimmed(String name) {
        return isShown(name);
    }

    /** Whether the value may be shown: it is known to hold no secret. */
    static boolean isShown(String name) {
        return isKnown(name) && keysOf(name).stream().noneMatch(key -> key.type == ConfigDef.Type.PASSWORD);
    }

    /** Every name that Kafka knows, in alphabetical order. */
    static Set<String> known() {
        return NAMES;
    }

    /** What is wrong with a setting of this name, which is without {@code kafka.}, in one line; nothing if it is fine. */
    static Optional<String> problem(String name, String value) {
        String setting = Definition.KAFKA_PREFIX + name;
        String ours = OURS.get(name);
        if (ours != null) {
            return Optional.of(setting + ": the job has a setting of its own for that. Set " + ours + ".");
        }
        if (NOBODYS.contains(name)) {
            return Optional.of(
                    setting + ": what becomes of a hit that cannot be taken is the job's to decide. Leave it out.");
        }
        if (name.equals(StreamsConfig.topicPrefix(TopicConfig.CLEANUP_POLICY_CONFIG))) {
            return Optional.of(
                    setting + ": of the job's own topics some have to be compacted and some must not be, as it"
                            + " makes them. Leave it out.");
        }
        if (RETENTIONS.contains(name) && !value.trim().equals(FOR_EVER)) {
            return Optional.of(setting + ": what waits between the stages while the job is stopped would be deleted."
                    + " Leave it out.");
        }
        if (!isKnown(name)) {
            String nearest = NearestName.of(name, NAMES);
            int most = Math.max(2, name.length() / LETTERS_PER_MISTAKE);
            return NearestName.edits(name, nearest) > most
                    ? Optional.empty()
                    : Optional.of(setting + ": Kafka has no such setting. Did you mean " + Definition.KAFKA_PREFIX
                            + nearest + "?");
        }
        if (name.equals(THREADS) && value.trim().equals("0")) {
            return Optional.of(setting + ": nothing is done without a thread. Use 1 or more, for each instance.");
        }
        return refusal(name, value).map(why -> setting + ": " + why);
    }

    /** The first objection that anybody has who knows the setting. */
    private static Optional<String> refusal(String name, String value) {
        for (ConfigDef.ConfigKey key : keysOf(name)) {
            try {
                Object parsed = ConfigDef.parseType(key.name, value, key.type);
                if (key.validator != null) {
                    key.validator.ensureValid(key.name, parsed);
                }
            } catch (ConfigException e) {
                String why = String.valueOf(e.getMessage());
                String stated = "Invalid value " + value + " for configuration " + key.name + ": ";
                return Optional.of("\"" + value + "\" cannot be used. "
                        + (why.startsWith(stated) ? why.substring(stated.length()) : why));
            }
        }
        return Optional.empty();
    }

    private static List<ConfigDef.ConfigKey> keysOf(String name) {
        return KEYS.getOrDefault(name, List.of());
    }

    private static Map<String, List<ConfigDef.ConfigKey>> keys() {
        Map<String, List<ConfigDef.ConfigKey>> keys = new HashMap<>();
        for (String prefix : List.of(
                "",
                StreamsConfig.CONSUMER_PREFIX,
                StreamsConfig.MAIN_CONSUMER_PREFIX,
                StreamsConfig.RESTORE_CONSUMER_PREFIX,
                StreamsConfig.GLOBAL_CONSUMER_PREFIX)) {
            add(keys, prefix, ConsumerConfig.configDef());
        }
        for (String prefix : List.of("", StreamsConfig.PRODUCER_PREFIX)) {
            add(keys, prefix, ProducerConfig.configDef());
        }
        for (String prefix : List.of("", StreamsConfig.ADMIN_CLIENT_PREFIX)) {
            add(keys, prefix, AdminClientConfig.configDef());
        }
        // the engine gives its consumers another protocol than its own
        keys.remove(StreamsConfig.GROUP_PROTOCOL_CONFIG);
        add(keys, "", StreamsConfig.configDef());
        return keys;
    }

    private static void add(Map<String, List<ConfigDef.ConfigKey>> keys, String prefix, ConfigDef definition) {
        definition
                .configKeys()
                .forEach((name, key) -> keys.computeIfAbsent(prefix + name, none -> new ArrayList<>())
                        .add(key));
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(KEYS.keySet());
        for (Field constant : TopicConfig.class.getFields()) { // Kafka's clients have no list of them
            if (constant.getName().endsWith("_CONFIG")) {
                try {
                    names.add(StreamsConfig.TOPIC_PREFIX + constant.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("a public constant of Kafka cannot be read: " + constant, e);
                }
            }
        }
        return names;
    }
}
