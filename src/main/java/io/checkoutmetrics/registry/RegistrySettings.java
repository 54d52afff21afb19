package io.checkoutmetrics.registry;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the registry, under Confluent's setting names.
 *
 * @param endpoints at least one, in order of preference
 * @param connectTimeout of one request
 * @param readTimeout of one request, to the last byte of its answer
 * @param retries further rounds over all endpoints after one in which none was available
 * @param retryWait between two rounds
 * @param unknownIdsCapacity unknown schema IDs remembered at most
 * @param unknownIdsTimeToLive how long each is remembered
 * @param tls for https, or null for the JVM's default
 */
record RegistrySettings(
        List<Endpoint> endpoints,
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration retryWait,
        int unknownIdsCapacity,
        Duration unknownIdsTimeToLive,
        @Nullable SSLContext tls) {

    static final String URL = "schema.registry.url";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, Type.LIST, Importance.HIGH, "Base URLs of the schema registry, separated by commas.")
            .define(
                    Authorization.BASIC_SOURCE,
                    Type.STRING,
                    "URL",
                    Importance.MEDIUM,
                    "Where basic credentials come from: URL (http://user:password@host) or USER_INFO.")
            .define(
                    Authorization.BASIC_USER_INFO,
                    Type.PASSWORD,
                    null,
                    Importance.MEDIUM,
                    "user:password, for the source USER_INFO.")
            .define(
                    Authorization.BEARER_SOURCE,
                    Type.STRING,
                    null,
                    Importance.MEDIUM,
                    "Where the bearer token comes from: STATIC_TOKEN.")
            .define(Authorization.BEARER_TOKEN, Type.PASSWORD, null, Importance.MEDIUM, "Bearer token.")
            .define(
                    "http.connect.timeout.ms",
                    Type.INT,
                    2_000,
                    between(1, 600_000),
                    Importance.LOW,
                    "Longest wait for a connection to the registry.")
            .define(
                    "http.read.timeout.ms",
                    Type.INT,
                    5_000,
                    between(1, 600_000),
                    Importance.LOW,
                    "Longest wait for a whole answer of the registry.")
            .define(
                    "max.retries",
                    Type.INT,
                    2,
                    between(0, 10),
                    Importance.LOW,
                    "How often all base URLs are tried again when none was available.")
            .define(
                    "retries.wait.ms",
                    Type.INT,
                    100,
                    between(0, 10_000),
                    Importance.LOW,
                    "Wait before all base URLs are tried again.")
            .define(
                    "missing.cache.size",
                    Type.INT,
                    10_000,
                    atLeast(1),
                    Importance.LOW,
                    "Unknown schema IDs remembered at most.")
            .define(
                    "missing.id.cache.ttl.sec",
                    Type.INT,
                    5,
                    between(0, 3_600),
                    Importance.LOW,
                    "How long an unknown schema ID is remembered.");

    /** See {@link RegistryClient#requireUsable}. */
    static void requireUsable(Map<String, ?> settings) {
        Authorization.endpoints(new AbstractConfig(DEFINITION, settings, false));
    }

    /** @throws org.apache.kafka.common.config.ConfigException naming the setting that is wrong and what it may be */
    static RegistrySettings parse(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        return new RegistrySettings(
                Authorization.endpoints(config),
                Duration.ofMillis(config.getInt("http.connect.timeout.ms")),
                Duration.ofMillis(config.getInt("http.read.timeout.ms")),
                config.getInt("max.retries"),
                Duration.ofMillis(config.getInt("retries.wait.ms")),
                config.getInt("missing.cache.size"),
                Duration.ofSeconds(config.getInt("missing.id.cache.ttl.sec")),
                RegistryTls.context(config));
    }
}
