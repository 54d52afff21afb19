package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Bounds.*;
import static io.checkoutmetrics.config.Definition.*;

import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Every setting with its default, bounds and meaning, by subject: here, or in the class that says what the settings of a
 * subject come to. No other place has them.
 */
final class Subjects {
    private Subjects() {}

    static ConfigDef all() {
        ConfigDef all = new ConfigDef();
        where(new Subject(all, "Kafka and local state"));
        topics(new Subject(all, "Topics"));
        Subject checkouts = new Subject(all, "What a checkout is");
        HitSettings.defineCheckouts(checkouts);
        HitSettings.defineDuplicates(checkouts);
        Subject time = new Subject(all, "Windows and time");
        windows(time);
        clocks(time);
        publication(new Subject(all, "How often results go out"));
        AlertSettings.define(new Subject(all, "Alerts"));
        http(new Subject(all, "HTTP: the page, its API, metrics and health"));
        registry(new Subject(all, "Schema registry, in Confluent's names"));
        return all;
    }

    private static void where(Subject subject) {
        subject.text(
                        BOOTSTRAP_SERVERS,
                        "localhost:9092",
                        notBlank(),
                        Importance.HIGH,
                        "Addresses of Kafka brokers, separated by commas. Any other kafka.* setting is passed on as well.")
                .text(
                        APPLICATION_ID,
                        "checkout-metrics",
                        topicName(),
                        Importance.HIGH,
                        "Consumer group, and prefix of the internal topics. Instances with the same one share the work.")
                .text(
                        STATE_DIR,
                        "state",
                        notBlank(),
                        Importance.HIGH,
                        "Folder of the local state. It should outlive the process: without it the state is read from Kafka again.")
                .flag(
                        STATE_DIR_TEMPORARY,
                        false,
                        Importance.LOW,
                        "Whether state.dir may be in a folder for temporary files, such as /tmp, that the system cleans up.")
                .number(
                        STATE_MEMORY_MB,
                        128,
                        16,
                        Importance.MEDIUM,
                        "Memory outside the heap for caches and write buffers of the local state, of the whole process, in megabytes.");
    }

    private static void topics(Subject subject) {
        subject.text(TOPICS_INPUT, "hits", topicName(), Importance.HIGH, "Topic that the hits come from.")
                .text(
                        TOPICS_METRICS,
                        "checkout-metrics",
                        topicName(),
                        Importance.HIGH,
                        "Topic that the rolling Checkouts go to.")
                .text(
                        TOPICS_INTERVALS,
                        "checkout-intervals",
                        topicName(),
                        Importance.HIGH,
                        "Topic that the final Checkouts of each interval go to.")
                .text(
                        TOPICS_DEAD_LETTERS,
                        "checkout-dead-letters",
                        topicName(),
                        Importance.HIGH,
                        "Topic that hits go to which cannot be counted, with the reason in their headers.")
                .flag(TOPICS_CREATE, false, Importance.MEDIUM, "Whether missing topics are created at start.")
                .text(
                        VALUE_SERIALIZER,
                        "io.checkoutmetrics.registry.AvroSerializer",
                        notBlank(),
                        Importance.LOW,
                        "Class name of the Kafka serializer of the output values.");
    }

    private static void windows(Subject subject) {
        subject.list(
                        WINDOWS,
                        "1m/1s,5m/5s,1h/1m,24h/10m",
                        notEmpty(),
                        Importance.HIGH,
                        "Rolling windows as size/slide. The slide divides the size and is 100 ms or more.")
                .list(
                        INTERVALS,
                        "1m",
                        notEmpty(),
                        Importance.MEDIUM,
                        "Widths of the intervals whose final Checkouts are published once their grace has passed.")
                .text(
                        INTERVALS_ZONE,
                        "UTC",
                        timeZone(),
                        Importance.MEDIUM,
                        "Time zone of intervals that are whole days, such as Europe/Paris. Where clocks change, a day has 23 or 25 hours.")
                .text(
                        GRACE,
                        "10m",
                        duration(Duration.ZERO, Duration.ofDays(30)),
                        Importance.HIGH,
                        "How long after it happened a checkout may be received and still counts. Finals wait for it.");
    }

    private static void clocks(Subject subject) {
        subject.text(
                        WATERMARK_DELAY,
                        "200ms",
                        duration(Duration.ZERO, Duration.ofDays(1)),
                        Importance.MEDIUM,
                        "How much older than the newest record of its partition a record may be. Results wait for it.")
                .text(
                        WATERMARK_INTERVAL,
                        "250ms",
                        duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
                        Importance.MEDIUM,
                        "How often time is passed on between two slices.")
                .text(
                        IDLE_TIMEOUT,
                        "5s",
                        duration(Duration.ofMillis(100), Duration.ofDays(1)),
                        Importance.MEDIUM,
                        "How long a partition that is read to its end must be quiet before the clock moves its time.")
                .text(
                        STALL_TIMEOUT,
                        AUTO,
                        durationOr(AUTO, Duration.ofSeconds(1), Duration.ofDays(7)),
                        Importance.LOW,
                        "How long time may stand still, though the job runs, until results say STALLED. More than idle.timeout; auto: three times as much, and 15s or more.")
                .text(
                        MAX_FUTURE,
                        "5m",
                        duration(Duration.ZERO, Duration.ofDays(1)),
                        Importance.LOW,
                        "How far ahead a clock may be: a client's of the record's, a record's of ours.")
                .flag(
                        CONDENSE,
                        true,
                        Importance.LOW,
                        "Whether hits that surely are no checkouts are summed up as they are read. Off it is slower, and no different.");
    }

    private static void publication(Subject subject) {
        subject.text(
                        PUBLISH_EARLY,
                        "250ms",
                        durationOr(OFF, Duration.ofMillis(10), Duration.ofDays(1)),
                        Importance.MEDIUM,
                        "Least event time between two publications inside a slide, or off: only slides publish.")
                .text(
                        PUBLISH_ALIVE,
                        "5s",
                        duration(Duration.ofMillis(100), Duration.ofDays(1)),
                        Importance.LOW,
                        "Event time after which a total that has not changed is published again, as a sign of life.");
    }

    private static void http(Subject subject) {
        subject.text(
                        HTTP_LISTEN,
                        "127.0.0.1:8080",
                        httpAddressOr(OFF),
                        Importance.HIGH,
                        "Where the page, its API, metrics and health are served, as host:port, or off. Port 0: any free one.")
                .secret(
                        HTTP_TOKEN,
                        tokenOrNone(),
                        Importance.MEDIUM,
                        "What HTTP requests must carry as bearer token. Needed where http.listen is not this machine's own.")
                .flag(
                        HTTP_INSECURE,
                        false,
                        Importance.LOW,
                        "Whether anybody who gets there may read, without a token, though http.listen is not this machine's own.")
                .text(
                        HTTP_PROBES_LISTEN,
                        OFF,
                        httpAddressOr(OFF),
                        Importance.LOW,
                        "Where /livez and /readyz are served besides, as host:port, or off. A crowd at http.listen cannot keep them from being answered there.");
    }

    private static void registry(Subject subject) {
        subject.text(
                        REGISTRY_URL,
                        "http://localhost:8081",
                        notBlank(),
                        Importance.HIGH,
                        "Addresses of the schema registry, separated by commas.")
                .all(AvroSerializer.definition())
                .all(RegistryClient.definition());
    }
}
