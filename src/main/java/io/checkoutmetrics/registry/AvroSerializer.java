package io.checkoutmetrics.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records, generated or generic, to Confluent's wire format: the same bytes as Confluent's {@code
 * KafkaAvroSerializer} under the same setting names. The subject is {@code <topic>-value} or {@code <topic>-key}.
 * Thread-safe once configured.
 *
 * <p>Settings: those of {@link RegistryClient}; {@code auto.register.schemas} (default true) registers a schema when it
 * is first seen, otherwise it must be registered already; with {@code auto.register.schemas=false} and {@code
 * use.latest.version=true}, records are written in the subject's latest schema, which must be able to read theirs.
 *
 * <p>Throws {@link RegistryException} where the registry is the cause, and a plain {@link SerializationException} where
 * the record is.
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String USE_LATEST = "use.latest.version";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    AUTO_REGISTER,
                    Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether the schemas of the output are registered when first needed. Otherwise they must be there.")
            .define(
                    USE_LATEST,
                    Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "With auto.register.schemas=false: whether the output is written in the latest schema of its subject.");

    private record Key(String subject, Schema schema) {}

    private final LruCache<Key, RecordWriter> writers = new LruCache<>(1_000);
    private final boolean ownsClient;
    private @Nullable RegistryClient client;
    private boolean isKey;
    private boolean autoRegister = true;
    private boolean useLatest;

    static {
        AvroSafeguards.install();
    }

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerializer() {
        ownsClient = true;
    }

    /** With a client that others use too, and that {@link #close} leaves open; registers schemas, for record values. */
    public AvroSerializer(RegistryClient client) {
        this.client = client;
        ownsClient = false;
    }

    /** The settings it reads beside those of {@link RegistryClient#definition()}. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    @Override
    public void configure(Map<String, ?> settings, boolean forKeys) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        isKey = forKeys;
        autoRegister = config.getBoolean(AUTO_REGISTER);
        useLatest = config.getBoolean(USE_LATEST);
        if (client == null) {
            client = RegistryClient.of(settings);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated: null, a tombstone, goes in and out.
    public byte[] serialize(String topic, @Nullable T data) {
        if (data == null) {
            return null;
        }
        Key key = new Key(SubjectName.of(topic, isKey), data.getSchema());
        RecordWriter writer = writers.get(key);
        if (writer == null) {
            writer = writer(key);
            writers.put(key, writer);
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(256);
            byte[] header = new byte[WireFormat.HEADER_BYTES];
            WireFormat.putHeader(writer.schemaId(), header);
            out.write(header);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(data, encoder);
            return out.toByteArray();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "a record for " + topic + " does not fit its schema "
                            + key.schema().getFullName() + ": " + e.getClass().getSimpleName(),
                    e);
        }
    }

    private RecordWriter writer(Key key) {
        RegistryClient registry = configuredClient();
        if (!autoRegister && useLatest) {
            RegisteredSchema latest = registry.latest(key.subject());
            return RecordWriter.converting(latest.id(), key.schema(), SchemaText.parse(latest.id(), latest.schema()));
        }
        String text = key.schema().toString();
        return RecordWriter.direct(
                autoRegister ? registry.register(key.subject(), text) : registry.idOf(key.subject(), text),
                key.schema());
    }

    private RegistryClient configuredClient() {
        if (client == null) {
            throw new IllegalStateException("configure() must be called first");
        }
        return client;
    }

    @Override
    public void close() {
        if (ownsClient && client != null) {
            client.close();
        }
    }
}
