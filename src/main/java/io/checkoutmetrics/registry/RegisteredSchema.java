package io.checkoutmetrics.registry;

/**
 * One version of a subject, as the registry keeps it.
 *
 * @param subject what the schema is registered under, {@code <topic>-value} or {@code <topic>-key}
 * @param version of the subject, from 1
 * @param id of the schema, the same wherever it is registered
 * @param schema Avro schema as JSON
 */
public record RegisteredSchema(String subject, int version, int id, String schema) {}
