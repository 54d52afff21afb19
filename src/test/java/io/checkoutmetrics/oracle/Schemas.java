package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Writer schemas by ID, asked of a schema registry over HTTP, each once. */
final class Schemas {
    private final URI registry;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Optional<String>> texts = new HashMap<>();
    private final Map<Integer, Optional<Schema>> schemas = new HashMap<>();

    Schemas(String registryUrl) {
        registry = URI.create(registryUrl.endsWith("/") ? registryUrl : registryUrl + "/");
    }

    /** Whether the registry has a schema of this ID, of whatever kind. */
    boolean knows(int id) {
        return texts.computeIfAbsent(id, this::fetch).isPresent();
    }

    /** The schema; empty when it is no Avro schema, or a recursive one. */
    Optional<Schema> find(int id) {
        return schemas.computeIfAbsent(
                id, i -> texts.computeIfAbsent(id, this::fetch).flatMap(Schemas::parsed));
    }

    private Optional<String> fetch(int id) {
        try {
            HttpRequest request = HttpRequest.newBuilder(registry.resolve("schemas/ids/" + id))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the registry answers " + response.statusCode() + " for schema " + id);
            }
            return Optional.of(
                    new ObjectMapper().readTree(response.body()).path("schema").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for schema " + id, e);
        }
    }

    private static Optional<Schema> parsed(String text) {
        try {
            Schema schema = new Schema.Parser().parse(text);
            boolean usable = schema.getType() == Schema.Type.RECORD && !isRecursive(schema, new HashSet<>());
            return usable ? Optional.of(schema) : Optional.empty();
        } catch (AvroRuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static boolean isRecursive(Schema schema, Set<String> inside) {
        return switch (schema.getType()) {
            case ARRAY -> isRecursive(schema.getElementType(), inside);
            case MAP -> isRecursive(schema.getValueType(), inside);
            case UNION -> schema.getTypes().stream().anyMatch(type -> isRecursive(type, inside));
            case RECORD -> {
                Set<String> deeper = new HashSet<>(inside);
                yield !deeper.add(schema.getFullName())
                        || schema.getFields().stream().anyMatch(field -> isRecursive(field.schema(), deeper));
            }
            default -> false;
        };
    }
}
