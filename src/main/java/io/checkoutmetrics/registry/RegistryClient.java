package io.checkoutmetrics.registry;

import static io.checkoutmetrics.registry.RegistryAnswer.SCHEMA_NOT_FOUND;
import static io.checkoutmetrics.registry.RegistryAnswer.SUBJECT_NOT_FOUND;
import static io.checkoutmetrics.registry.RegistryAnswer.VERSION_NOT_FOUND;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Confluent Schema Registry's REST API, which several registries speak. Remembers schemas by ID and IDs
 * by schema (1,000 each, those used least recently are forgotten), and unknown IDs for some seconds.
 *
 * <p>Every operation makes one bounded attempt, of some 10 s at worst with the default timeouts, and then throws a
 * {@link RegistryException} that says by its type whether to wait, to give up on the data, or to stop. The waiting
 * itself is up to the caller. Thread-safe.
 */
public final class RegistryClient implements AutoCloseable {
    private static final int CACHE_CAPACITY = 1_000;
    private static final Set<Integer> NO_SUCH_ID = Set.of(SCHEMA_NOT_FOUND);
    private static final Set<Integer> NOT_UNDER_SUBJECT =
            Set.of(SUBJECT_NOT_FOUND, VERSION_NOT_FOUND, SCHEMA_NOT_FOUND);

    /** Either a schema or the reason why it cannot be used. */
    private record ById(@Nullable String schema, String unusable) {}

    private record UnderSubject(String subject, String schema) {}

    private final RegistryTransport transport;
    private final LruCache<Integer, ById> schemas;
    private final LruCache<UnderSubject, Integer> ids;
    private final UnknownIds unknownIds;

    RegistryClient(RegistrySettings settings, int cacheCapacity, LongSupplier nanoTime) {
        transport = new RegistryTransport(settings, Clock.systemUTC());
        schemas = new LruCache<>(cacheCapacity);
        ids = new LruCache<>(cacheCapacity);
        unknownIds = new UnknownIds(settings.unknownIdsCapacity(), settings.unknownIdsTimeToLive(), nanoTime);
    }

    /**
     * A client for Kafka client settings under Confluent's names; others are ignored. Connects to nothing yet.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the setting that is wrong and what it may be
     */
    public static RegistryClient of(Map<String, ?> settings) {
        return new RegistryClient(RegistrySettings.parse(settings), CACHE_CAPACITY, System::nanoTime);
    }

    /**
     * Returns if addresses and credentials can be used together. Asks nobody, and opens no key store.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the setting that is wrong and what it may be
     */
    public static void requireUsable(Map<String, ?> settings) {
        RegistrySettings.requireUsable(settings);
    }

    /** The settings it reads, with their defaults and what they mean; {@code schema.registry.ssl.*} come on top. */
    public static ConfigDef definition() {
        return new ConfigDef(RegistrySettings.DEFINITION);
    }

    /**
     * The Avro schema of this ID, as JSON.
     *
     * @throws RegistryException.UnknownSchema if the registry does not know the ID, or did not a few seconds ago
     * @throws RegistryException.UnusableSchema if it is no Avro schema or refers to other schemas
     */
    public String schemaById(int id) {
        ById known = schemas.get(id);
        if (known == null) {
            if (unknownIds.contains(id)) {
                throw new RegistryException.UnknownSchema(
                        "schema ID " + id + " was unknown to the registry a moment ago.");
            }
            known = fetch(id);
            schemas.put(id, known);
        }
        if (known.schema() == null) {
            throw new RegistryException.UnusableSchema(known.unusable());
        }
        return known.schema();
    }

    /** The schema if it is remembered, else null; never asks the registry. */
    public @Nullable String cachedSchemaById(int id) {
        ById known = schemas.get(id);
        return known == null ? null : known.schema();
    }

    /** The ID of a schema under a subject; registers it there if need be. */
    public int register(String subject, String schema) {
        return idUnder(subject, schema, "the registration of a schema under " + subject, "/versions");
    }

    /**
     * The ID of a schema that is registered under a subject.
     *
     * @throws RegistryException.UnknownSchema if it is not, or there is no such subject
     */
    public int idOf(String subject, String schema) {
        return idUnder(subject, schema, "the ID of a schema under " + subject, "");
    }

    /**
     * The newest version of a subject, always asked for anew.
     *
     * @throws RegistryException.UnknownSchema if there is no such subject
     */
    public RegisteredSchema latest(String subject) {
        String asked = "the latest schema of " + subject;
        RegistryAnswer answer =
                transport.call(asked, subjectPath(subject) + "/versions/latest", null, NOT_UNDER_SUBJECT);
        ById found = usable(asked, answer);
        if (found.schema() == null) {
            throw new RegistryException.UnusableSchema(found.unusable());
        }
        return new RegisteredSchema(subject, answer.number("version"), answer.number("id"), found.schema());
    }

    /**
     * Why a schema would be refused under a subject by its compatibility level; empty if it would be taken.
     *
     * @throws RegistryException.UnknownSchema if there is no such subject
     */
    public List<String> conflicts(String subject, String schema) {
        String asked = "the compatibility of a schema with " + subject;
        String path = "/compatibility" + subjectPath(subject) + "/versions/latest?verbose=true";
        RegistryAnswer answer = transport.call(asked, path, request(schema), NOT_UNDER_SUBJECT);
        if (answer.flag("is_compatible")) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        answer.field("messages").forEach(message -> reasons.add(RegistryAnswer.quoted(message.asText())));
        return reasons.isEmpty() ? List.of("the registry does not say why") : List.copyOf(reasons);
    }

    /** Returns if a registry answers and lets us in; for preflight and health. Reads no schema. */
    public void ping() {
        transport.call("the schema types", "/schemas/types", null, Set.of());
    }

    /**
     * How far this machine's clock is ahead of the registry's at least, by its last answer; negative where it is behind.
     * Empty where none has come yet, or it did not tell the time.
     */
    public Optional<Duration> clockAhead() {
        return transport.clockAhead();
    }

    @Override
    public void close() {
        transport.close();
    }

    private ById fetch(int id) {
        String asked = "schema ID " + id;
        try {
            ById found = usable(asked, transport.call(asked, "/schemas/ids/" + id, null, NO_SUCH_ID));
            unknownIds.remove(id);
            return found;
        } catch (RegistryException.UnknownSchema e) {
            unknownIds.add(id);
            throw e;
        }
    }

    private int idUnder(String subject, String schema, String asked, String action) {
        UnderSubject key = new UnderSubject(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        RegistryAnswer answer =
                transport.call(asked, subjectPath(subject) + action, request(schema), NOT_UNDER_SUBJECT);
        int id = answer.number("id");
        ids.put(key, id);
        unknownIds.remove(id);
        return id;
    }

    private static String request(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
    }

    private static ById usable(String asked, RegistryAnswer answer) {
        String schema = answer.text("schema");
        String type = answer.field("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            return new ById(null, asked + " is of type " + type + "; only AVRO is supported.");
        }
        if (!answer.field("references").isEmpty()) {
            return new ById(
                    null,
                    asked + " refers to other schemas, which is not supported. Register it with those written out.");
        }
        return new ById(schema, "");
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }
}
