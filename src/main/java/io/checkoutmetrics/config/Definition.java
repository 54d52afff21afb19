package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Bounds.*;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Every setting: its name, type, default, bounds and meaning. The one place they are defined in. */
final class Definition {
    static final String APPLICATION_ID = "application.id";
    static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    static final String STATE_DIR = "state.dir";
    static final String TOPICS_INPUT = "topics.input";
    static final String TOPICS_METRICS = "topics.metrics";
    static final String TOPICS_INTERVALS = "topics.intervals";
    static final String TOPICS_DEAD_LETTERS = "topics.dead-letters";
    static final String TOPICS_CREATE = "topics.create";
    static final String VALUE_SERIALIZER = "value.serializer";
    static final String CHECKOUT_EVENTS = "checkout.events";
    static final String CHECKOUT_MAX_INCREMENT = "checkout.max-increment";
    static final String DIMENSIONS = "dimensions";
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
    static final String CONDENSE = "input.condense";
    static final String REGISTRY_URL = "schema.registry.url";
    static final String HTTP_LISTEN = "http.listen";
    static final String HTTP_TOKEN = "http.token";
    static final String HTTP_INSECURE = "http.insecure";

    static final String OFF = "off";
    static final String AUTO = "auto";
    static final String FIELDS_PREFIX = "fields.";
    static final String DEDUP_MODE_PREFIX = DEDUP_MODE + ".";
    static final String KAFKA_PREFIX = "kafka.";
    static final String PROVIDERS_PREFIX = "config.providers";

    /** Settings handed to the registry's client and the value serializer as they are; the names are Confluent's. */
    static final Set<String> REGISTRY_SETTINGS = Set.of(
            REGISTRY_URL,
            "basic.auth.credentials.source",
            "basic.auth.user.info",
            "bearer.auth.credentials.source",
            "bearer.auth.token",
            "auto.register.schemas",
            "use.latest.version",
            "http.connect.timeout.ms",
            "http.read.timeout.ms",
            "max.retries",
            "retries.wait.ms",
            "missing.cache.size",
            "missing.id.cache.ttl.sec");

    /** Kafka's {@code ssl.*} settings, for the registry; handed on as well. */
    static final String REGISTRY_TLS_PREFIX = "schema.registry.ssl.";

    /** Of settings whose names go on as the user likes. */
    static final Set<String> PREFIXES =
            Set.of(KAFKA_PREFIX, FIELDS_PREFIX, DEDUP_MODE_PREFIX, REGISTRY_TLS_PREFIX, PROVIDERS_PREFIX + ".");

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    APPLICATION_ID,
                    Type.STRING,
                    "checkout-metrics",
                    topicName(),
                    Importance.HIGH,
                    "Consumer group, and prefix of the internal topics. Instances with the same one share the work.")
            .define(
                    BOOTSTRAP_SERVERS,
                    Type.STRING,
                    "localhost:9092",
                    notBlank(),
                    Importance.HIGH,
                    "Addresses of Kafka brokers, separated by commas. Any other kafka.* setting is passed on as well.")
            .define(
                    STATE_DIR,
                    Type.STRING,
                    "state",
                    notBlank(),
                    Importance.HIGH,
                    "Folder of the local state. It should outlive the process: without it the state is read from Kafka again.")
            .define(TOPICS_INPUT, Type.STRING, "hits", topicName(), Importance.HIGH, "Topic that the hits come from.")
            .define(
                    TOPICS_METRICS,
                    Type.STRING,
                    "checkout-metrics",
                    topicName(),
                    Importance.HIGH,
                    "Topic that the rolling Checkouts go to.")
            .define(
                    TOPICS_INTERVALS,
                    Type.STRING,
                    "checkout-intervals",
                    topicName(),
                    Importance.HIGH,
                    "Topic that the final Checkouts of each interval go to.")
            .define(
                    TOPICS_DEAD_LETTERS,
                    Type.STRING,
                    "checkout-dead-letters",
                    topicName(),
                    Importance.HIGH,
                    "Topic that hits go to which cannot be counted, with the reason in their headers.")
            .define(
                    TOPICS_CREATE,
                    Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether missing topics are created at start.")
            .define(
                    VALUE_SERIALIZER,
                    Type.STRING,
                    "io.checkoutmetrics.registry.AvroSerializer",
                    notBlank(),
                    Importance.LOW,
                    "Class name of the Kafka serializer of the output values.")
            .define(
                    CHECKOUT_EVENTS,
                    Type.LIST,
                    "scCheckout",
                    notEmpty(),
                    Importance.HIGH,
                    "Events that make a hit a checkout. Exact, case-sensitive names.")
            .define(
                    CHECKOUT_MAX_INCREMENT,
                    Type.LONG,
                    1_000_000L,
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "Largest value an event may carry, as in scCheckout=3.")
            .define(
                    DIMENSIONS,
                    Type.LIST,
                    "country,campaign",
                    ConfigDef.ValidList.anyNonDuplicateValues(true, false),
                    Importance.HIGH,
                    "Conversion dimensions that Checkouts are broken down by: a field of the hit, or dimensions.<name>.")
            .define(
                    REPORT_SUITES,
                    Type.LIST,
                    "",
                    ConfigDef.ValidList.anyNonDuplicateValues(true, false),
                    Importance.MEDIUM,
                    "Report suites that are counted; hits of others go to the dead letters. Empty: all.")
            .define(
                    WINDOWS,
                    Type.LIST,
                    "1m/1s,5m/5s,1h/1m,24h/10m",
                    notEmpty(),
                    Importance.HIGH,
                    "Rolling windows as size/slide. The slide divides the size and is 100 ms or more.")
            .define(
                    INTERVALS,
                    Type.LIST,
                    "1m",
                    notEmpty(),
                    Importance.MEDIUM,
                    "Widths of the intervals whose final Checkouts are published once their grace has passed.")
            .define(
                    INTERVALS_ZONE,
                    Type.STRING,
                    "UTC",
                    timeZone(),
                    Importance.MEDIUM,
                    "Time zone of intervals that are whole days, such as Europe/Paris. Where clocks change, a day has 23 or 25 hours.")
            .define(
                    GRACE,
                    Type.STRING,
                    "10m",
                    duration(Duration.ZERO, Duration.ofDays(30)),
                    Importance.HIGH,
                    "How long after it happened a checkout may be received and still counts. Finals wait for it.")
            .define(
                    WATERMARK_DELAY,
                    Type.STRING,
                    "200ms",
                    duration(Duration.ZERO, Duration.ofDays(1)),
                    Importance.MEDIUM,
                    "How much older than the newest record of its partition a record may be. Results wait for it.")
            .define(
                    WATERMARK_INTERVAL,
                    Type.STRING,
                    "250ms",
                    duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
                    Importance.MEDIUM,
                    "How often time is passed on between two slices.")
            .define(
                    PUBLISH_EARLY,
                    Type.STRING,
                    "250ms",
                    durationOr(OFF, Duration.ofMillis(10), Duration.ofDays(1)),
                    Importance.MEDIUM,
                    "Least event time between two publications inside a slide, or off: only slides publish.")
            .define(
                    PUBLISH_ALIVE,
                    Type.STRING,
                    "5s",
                    duration(Duration.ofMillis(100), Duration.ofDays(1)),
                    Importance.LOW,
                    "Event time after which a total that has not changed is published again, as a sign of life.")
            .define(
                    IDLE_TIMEOUT,
                    Type.STRING,
                    "5s",
                    duration(Duration.ofMillis(100), Duration.ofDays(1)),
                    Importance.MEDIUM,
                    "How long a partition that is read to its end must be quiet before the clock moves its time.")
            .define(
                    STALL_TIMEOUT,
                    Type.STRING,
                    AUTO,
                    durationOr(AUTO, Duration.ofSeconds(1), Duration.ofDays(7)),
                    Importance.LOW,
                    "How long time may stand still, though the job runs, until results say STALLED. More than idle.timeout; auto: three times as much, and 15s or more.")
            .define(
                    MAX_FUTURE,
                    Type.STRING,
                    "5m",
                    duration(Duration.ZERO, Duration.ofDays(1)),
                    Importance.LOW,
                    "How far ahead a clock may be: a client's of the record's, a record's of ours.")
            .define(
                    CONDENSE,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether hits that surely are no checkouts are summed up as they are read. Off it is slower, and no different.")
            .define(
                    DEDUP_MODE,
                    Type.STRING,
                    "event-id",
                    dedupMode(),
                    Importance.HIGH,
                    "Which checkouts are one: event-id, visit or always. dedup.mode.<suite> sets it for one report suite.")
            .define(
                    DEDUP_EVENT_ID_RETENTION,
                    Type.STRING,
                    "90d",
                    duration(Duration.ofSeconds(1), Duration.ofDays(3_650)),
                    Importance.MEDIUM,
                    "How long an event ID is remembered, from the checkout that counted.")
            .define(
                    DEDUP_VISIT_RETENTION,
                    Type.STRING,
                    "1d",
                    duration(Duration.ofSeconds(1), Duration.ofDays(3_650)),
                    Importance.MEDIUM,
                    "How long a visit is remembered, from its checkout that counted.")
            .define(
                    DEDUP_HIT_ID_RETENTION,
                    Type.STRING,
                    "1h",
                    duration(Duration.ofSeconds(1), Duration.ofDays(3_650)),
                    Importance.MEDIUM,
                    "How long a hit ID is remembered, from the checkout that counted: a hit delivered again counts once.")
            .define(
                    REGISTRY_URL,
                    Type.STRING,
                    "http://localhost:8081",
                    notBlank(),
                    Importance.HIGH,
                    "Addresses of the schema registry, separated by commas.")
            .define(
                    HTTP_LISTEN,
                    Type.STRING,
                    "127.0.0.1:8080",
                    httpAddressOr(OFF),
                    Importance.HIGH,
                    "Where the page, its API, metrics and health are served, as host:port, or off. Port 0: any free one.")
            .define(
                    HTTP_TOKEN,
                    Type.PASSWORD,
                    "",
                    tokenOrNone(),
                    Importance.MEDIUM,
                    "What HTTP requests must carry as bearer token. Needed where http.listen is not this machine's own.")
            .define(
                    HTTP_INSECURE,
                    Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether anybody who gets there may read, without a token, though http.listen is not this machine's own.");

    private Definition() {}
}
