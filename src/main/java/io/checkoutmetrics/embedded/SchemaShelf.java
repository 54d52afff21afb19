package io.checkoutmetrics.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Schemas by ID and by subject. A schema is told apart by its canonical text — Avro's own rendering, which keeps docs,
 * properties and defaults and drops white space — and has one ID, whatever subjects it is under; a subject counts its
 * versions from 1 and holds a schema once. Thread-safe.
 */
final class SchemaShelf {
    record Version(String subject, int version, int id, String schema) {}

    private boolean mustRead;
    private final Map<String, Integer> idBySchema = new LinkedHashMap<>();
    private final List<String> schemaById = new ArrayList<>();
    private final Map<String, List<Version>> versionsBySubject = new LinkedHashMap<>();

    /** @throws RuntimeException of Avro's, if it is no schema */
    static String canonical(String schema) {
        return parsed(schema).toString();
    }

    /** Puts a canonical schema under a subject, unless it is there. */
    synchronized Version register(String subject, String schema) {
        Optional<Version> known = find(subject, schema);
        if (known.isPresent()) {
            return known.get();
        }
        Integer id = idBySchema.get(schema);
        if (id == null) {
            schemaById.add(schema);
            id = schemaById.size();
            idBySchema.put(schema, id);
        }
        List<Version> versions = versionsBySubject.computeIfAbsent(subject, s -> new ArrayList<>());
        Version version = new Version(subject, versions.size() + 1, id, schema);
        versions.add(version);
        return version;
    }

    /** @param readers whether a subject takes only schemas that can read what its latest wrote: level BACKWARD */
    synchronized void require(boolean readers) {
        mustRead = readers;
    }

    synchronized String level() {
        return mustRead ? "BACKWARD" : "NONE";
    }

    /** Why the level forbids a schema under a subject that there is; empty if it does not. */
    synchronized List<String> conflicts(String subject, String schema) {
        List<Version> versions = versions(subject);
        if (!mustRead || versions.isEmpty()) {
            return List.of();
        }
        return SchemaCompatibility.checkReaderWriterCompatibility(
                        parsed(schema), parsed(versions.get(versions.size() - 1).schema()))
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(conflict -> conflict.getType() + " at " + conflict.getLocation())
                .toList();
    }

    private static Schema parsed(String schema) {
        return new Schema.Parser().parse(schema);
    }

    synchronized Optional<Version> find(String subject, String schema) {
        return versions(subject).stream().filter(v -> v.schema().equals(schema)).findFirst();
    }

    synchronized Optional<String> byId(int id) {
        return id >= 1 && id <= schemaById.size() ? Optional.of(schemaById.get(id - 1)) : Optional.empty();
    }

    synchronized List<String> subjects() {
        return List.copyOf(versionsBySubject.keySet());
    }

    /** In order; empty if there is no such subject. */
    synchronized List<Version> versions(String subject) {
        return List.copyOf(versionsBySubject.getOrDefault(subject, List.of()));
    }
}
