package io.checkoutmetrics.registry;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the registry, set as Confluent does it: Kafka's {@code ssl.*} settings behind the prefix
 * {@code schema.registry.}. Host names are always verified.
 */
final class RegistryTls {
    private static final String PREFIX = "schema.registry.";

    private RegistryTls() {}

    /** Null where no such setting is given: the JVM's default then. */
    static @Nullable SSLContext context(AbstractConfig config) {
        Map<String, Object> ssl = config.originalsWithPrefix(PREFIX);
        if (ssl.keySet().stream().noneMatch(name -> name.startsWith("ssl."))) {
            return null;
        }
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory engines = new DefaultSslEngineFactory()) {
            engines.configure(definition.parse(ssl));
            return engines.sslContext();
        }
    }
}
