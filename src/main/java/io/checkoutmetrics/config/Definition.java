package io.checkoutmetrics.config;

import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;

/** Names of the settings, and what begins with a prefix. {@link Subjects} says what each is. */
final class Definition {
    static final String APPLICATION_ID = "application.id";
    static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    static final String STATE_DIR = "state.dir";
    static final String STATE_DIR_TEMPORARY = "state.dir.temporary";
    static final String STATE_MEMORY_MB = "state.memory.mb";
    static final String TOPICS_INPUT = "topics.input";
    static final String TOPICS_METRICS = "topics.metrics";
    static final String TOPICS_INTERVALS = "topics.intervals";
    static final String TOPICS_DEAD_LETTERS = "topics.dead-letters";
    static final String TOPICS_CREATE = "topics.create";
    static final String VALUE_SERIALIZER = "value.serializer";
    static final String CHECKOUT_EVENTS = "checkout.events";
    static final String CHECKOUT_MAX_INCREMENT = "checkout.max-increment";
    static final String DIMENSIONS = "dimensions";
    static final String ITEMS_MAX = "items.max";
    static final String REPORT_SUITES = "report-suites";
    static final String WINDOWS = "windows";
    static final String INTERVALS = "intervals";
    static final String INTERVALS_ZONE = "intervals.zone";
    static final String GRACE = "grace";
    static final String WATERMARK_DELAY = "watermark.delay";
    static final String WATERMARK_INTERVAL = "watermark.interval";
    static final String PUBLISH_EARLY = "publish.early";
    static final String PUBLISH_ALIVE = "publish.alive";
    static final String IDLE_TIMEOUT = "idle.timeout";
    static final String STALL_TIMEOUT = "stall.timeout";
    static final String MAX_FUTURE = "time.max-future";
    static final String DEDUP_MODE = "dedup.mode";
    static final String DEDUP_EVENT_ID_RETENTION = "dedup.event-id.retention";
    static final String DEDUP_VISIT_RETENTION = "dedup.visit.retention";
    static final String DEDUP_HIT_ID_RETENTION = "dedup.hit-id.retention";
    static final String VISITORS = "visitors";
    static final String CART_VALUE = "cart.value";
    static final String CONDENSE = "input.condense";
    static final String DEAD_LETTERS_MAX_SHARE = "dead-letters.max-share";
    static final String ALERTS = "alerts";
    static final String ALERTS_ITEMS = "alerts.items";
    static final String ALERTS_ZONE = "alerts.zone";
    static final String ALERTS_FALSE_ALARMS = "alerts.false-alarms";
    static final String TOPICS_ALERTS = "topics.alerts";
    static final String REGISTRY_URL = "schema.registry.url";
    static final String HTTP_LISTEN = "http.listen";
    static final String HTTP_TOKEN = "http.token";
    static final String HTTP_INSECURE = "http.insecure";
    static final String HTTP_PROBES_LISTEN = "http.probes.listen";

    static final String OFF = "off";
    static final String AUTO = "auto";
    static final String FIELDS_PREFIX = "fields.";
    static final String DEDUP_MODE_PREFIX = DEDUP_MODE + ".";
    static final String ALERTS_ZONE_PREFIX = ALERTS_ZONE + ".";
    static final String KAFKA_PREFIX = "kafka.";
    static final String PROVIDERS_PREFIX = "config.providers";

    /** What decides which checkouts count, and in which interval. */
    static final Set<String> RULES = Set.of(
            CHECKOUT_EVENTS,
            CHECKOUT_MAX_INCREMENT,
            DIMENSIONS,
            ITEMS_MAX,
            REPORT_SUITES,
            WINDOWS,
            INTERVALS,
            INTERVALS_ZONE,
            GRACE,
            MAX_FUTURE,
            DEDUP_MODE,
            DEDUP_EVENT_ID_RETENTION,
            DEDUP_VISIT_RETENTION,
            DEDUP_HIT_ID_RETENTION);

    /** Settings handed to the registry's client and the value serializer as they are; the names are Confluent's. */
    static final Set<String> REGISTRY_SETTINGS = registrySettings();

    /** Kafka's {@code ssl.*} settings, for the registry; handed on as well. */
    static final String REGISTRY_TLS_PREFIX = "schema.registry.ssl.";

    /** Beginnings of settings whose names go on as the user likes, and what they mean. */
    static final Map<String, String> PREFIX_MEANINGS = Map.of(
            KAFKA_PREFIX,
            "What Kafka Streams and Kafka's clients are to be told, under Kafka's names: security above all.",
            FIELDS_PREFIX,
            "Name of that field of the hit in the producer's schema, such as fields.events=post_event_list.",
            DEDUP_MODE_PREFIX,
            "dedup.mode of one report suite, such as dedup.mode.eu-shop=visit.",
            ALERTS_ZONE_PREFIX,
            "alerts.zone of one report suite, such as alerts.zone.eu-shop=Europe/Paris.",
            REGISTRY_TLS_PREFIX,
            "TLS of the schema registry's client, under Kafka's names: truststore.location, keystore.password.",
            PROVIDERS_PREFIX + ".",
            "Kafka's config providers, which take secrets from files, folders or variables.");

    static final Set<String> PREFIXES = PREFIX_MEANINGS.keySet();

    /** The fields of a hit that {@code fields.<name>} may rename, beside whatever is a dimension. */
    static final Set<String> HIT_FIELDS = Set.of(
            "reportSuite",
            "events",
            "time",
            "hitId",
            "visitorId",
            "visitId",
            "excluded",
            "pageName",
            "campaign",
            "country",
            "currency",
            "products",
            "deviceType",
            "dimensions");

    static final ConfigDef DEFINITION = Subjects.all();

    private Definition() {}

    private static Set<String> registrySettings() {
        Set<String> names = new TreeSet<>(RegistryClient.definition().names());
        names.addAll(AvroSerializer.definition().names());
        return Collections.unmodifiableSet(names);
    }
}
