package io.checkoutmetrics.registry;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's wire format to Avro records, as Confluent's {@code KafkaAvroDeserializer} under the same setting names.
 * What was written in another version of the schema is resolved to the generated class's. Thread-safe once configured.
 *
 * <p>Settings: those of {@link RegistryClient}; {@code specific.avro.reader}: {@code true} for generated classes only,
 * {@code false} for generic records only; without it, the generated class where it is on the class path, else a generic
 * record.
 *
 * <p>Throws {@link RegistryException} where the registry is the cause, and a plain {@link SerializationException} where
 * the bytes are: not framed, cut short, malformed, claiming absurd lengths, or with bytes left over.
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
    private static final String SPECIFIC = "specific.avro.reader";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(SPECIFIC, Type.BOOLEAN, null, Importance.MEDIUM, "Whether to read into generated classes.");
    private static final int READERS_PER_THREAD = 1_000;

    private final ThreadLocal<Readers<T>> perThread = ThreadLocal.withInitial(Readers::new);
    private final boolean ownsClient;
    private final @Nullable Class<T> type;
    private RecordClass target = RecordClass.IF_PRESENT;
    private @Nullable RegistryClient client;

    static {
        AvroSafeguards.install();
    }

    /** For Kafka, which calls {@link #configure} next. */
    public AvroDeserializer() {
        ownsClient = true;
        type = null;
    }

    /** With a client that others use too, and that {@link #close} leaves open; needs no {@link #configure}. */
    public AvroDeserializer(RegistryClient client) {
        this.client = client;
        ownsClient = false;
        type = null;
    }

    /** The same, into this generated class, whatever the writer called its record. */
    public AvroDeserializer(RegistryClient client, Class<T> type) {
        if (!SpecificRecord.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("not a generated class: " + type.getName());
        }
        this.client = client;
        this.type = type;
        ownsClient = false;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean forKeys) {
        Boolean specific = new AbstractConfig(DEFINITION, settings, false).getBoolean(SPECIFIC);
        target = specific == null ? RecordClass.IF_PRESENT : specific ? RecordClass.REQUIRED : RecordClass.NEVER;
        if (client == null) {
            client = RegistryClient.of(settings);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated: null, a tombstone, goes in and out.
    public T deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (!WireFormat.isFramed(data)) {
            throw new SerializationException(
                    "a record of " + topic + " is not in the wire format: " + data.length + " bytes");
        }
        int id = WireFormat.schemaId(data);
        Readers<T> mine = perThread.get();
        DatumReader<T> reader = mine.byId.computeIfAbsent(id, this::reader);
        try {
            mine.decoder = DecoderFactory.get()
                    .binaryDecoder(data, WireFormat.HEADER_BYTES, data.length - WireFormat.HEADER_BYTES, mine.decoder);
            T value = reader.read(null, mine.decoder);
            if (!mine.decoder.isEnd()) {
                throw new IOException("bytes left over after the record");
            }
            return value;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new SerializationException(
                    "a record of " + topic + ", " + data.length + " bytes, cannot be read with schema ID " + id + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private DatumReader<T> reader(int id) {
        if (client == null) {
            throw new IllegalStateException("configure() must be called first");
        }
        return target.reader(SchemaText.parse(id, client.schemaById(id)), type);
    }

    @Override
    public void close() {
        perThread.remove();
        if (ownsClient && client != null) {
            client.close();
        }
    }

    /** What one thread reuses: a decoder, and a reader per writer schema; those used least recently are forgotten. */
    private static final class Readers<T> {
        private final Map<Integer, DatumReader<T>> byId = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, DatumReader<T>> eldest) {
                return size() > READERS_PER_THREAD;
            }
        };
        private @Nullable BinaryDecoder decoder;
    }
}
