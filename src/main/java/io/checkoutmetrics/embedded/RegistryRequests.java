package io.checkoutmetrics.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The registry's REST API: what is asked of a path, answered from the shelf, with Confluent's error codes. */
final class RegistryRequests implements HttpHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Set<String> LEVELS = new TreeSet<>(List.of("NONE", "BACKWARD"));
    private static final int LARGEST_REQUEST_BYTES = 1 << 20;

    private record Reply(int status, Object body) {
        static Reply ok(Object body) {
            return new Reply(200, body);
        }
    }

    /** A reply that is an error, by the registry's own code; the HTTP status is its first three digits. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Failure(int code, String message) {
            super(message);
            this.code = code;
        }

        Reply reply() {
            int status = code >= 1_000 ? code / 100 : code;
            return new Reply(status, Map.of("error_code", code, "message", String.valueOf(getMessage())));
        }
    }

    private final SchemaShelf shelf;

    RegistryRequests(SchemaShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = reply(exchange);
            } catch (Failure e) {
                reply = e.reply();
            } catch (RuntimeException e) {
                reply = new Failure(500, "The request cannot be understood.").reply();
            }
            byte[] bytes = JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException, Failure {
        List<String> path = Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), UTF_8))
                .toList();
        return switch (exchange.getRequestMethod()) {
            case "GET" -> get(path);
            case "POST" -> post(path, exchange.getRequestBody().readNBytes(LARGEST_REQUEST_BYTES + 1));
            case "PUT" -> put(path, exchange.getRequestBody().readNBytes(LARGEST_REQUEST_BYTES + 1));
            default -> throw new Failure(405, "HTTP 405 Method Not Allowed");
        };
    }

    private Reply get(List<String> path) throws Failure {
        String pattern = pattern(path);
        return switch (pattern) {
            case "config" -> Reply.ok(Map.of("compatibilityLevel", shelf.level()));
            case "schemas/types" -> Reply.ok(List.of("AVRO"));
            case "schemas/ids/*" -> byId(path.get(2));
            case "subjects" -> Reply.ok(shelf.subjects());
            case "subjects/*/versions" ->
                Reply.ok(versions(path.get(1)).stream()
                        .map(SchemaShelf.Version::version)
                        .toList());
            case "subjects/*/versions/*" -> Reply.ok(version(path.get(1), path.get(3)));
            default -> throw new Failure(404, "HTTP 404 Not Found");
        };
    }

    private Reply post(List<String> path, byte[] body) throws Failure {
        if (body.length > LARGEST_REQUEST_BYTES) {
            throw new Failure(413, "The request is larger than " + LARGEST_REQUEST_BYTES + " bytes.");
        }
        return switch (pattern(path)) {
            case "subjects/*" -> Reply.ok(lookUp(path.get(1), schema(body)));
            case "subjects/*/versions" -> register(path.get(1), schema(body));
            case "compatibility/subjects/*/versions/latest" -> compatibility(path.get(2), schema(body));
            default -> throw new Failure(404, "HTTP 404 Not Found");
        };
    }

    private Reply put(List<String> path, byte[] body) throws Failure {
        String level = json(body).path("compatibility").asText();
        if (!pattern(path).equals("config")) {
            throw new Failure(404, "HTTP 404 Not Found");
        }
        if (!LEVELS.contains(level)) {
            throw new Failure(42203, "Only the compatibility levels " + LEVELS + " are supported here.");
        }
        shelf.require(level.equals("BACKWARD"));
        return Reply.ok(Map.of("compatibility", level));
    }

    private Reply register(String subject, String schema) throws Failure {
        List<String> conflicts = shelf.find(subject, schema).isPresent() ? List.of() : shelf.conflicts(subject, schema);
        if (!conflicts.isEmpty()) {
            throw new Failure(409, "Schema being registered is incompatible with an earlier schema: " + conflicts);
        }
        return Reply.ok(Map.of("id", shelf.register(subject, schema).id()));
    }

    private Reply compatibility(String subject, String schema) throws Failure {
        versions(subject);
        List<String> conflicts = shelf.conflicts(subject, schema);
        return Reply.ok(Map.of("is_compatible", conflicts.isEmpty(), "messages", conflicts));
    }

    /** The path with a star for what is a name or number. */
    private static String pattern(List<String> path) {
        String[] parts = path.toArray(String[]::new);
        if (parts.length >= 2 && parts[0].equals("subjects")) {
            parts[1] = "*";
        }
        if (parts.length == 5 && parts[0].equals("compatibility")) {
            parts[2] = "*";
        }
        if (parts.length == 4 || parts.length == 3 && parts[1].equals("ids")) {
            parts[parts.length - 1] = "*";
        }
        return String.join("/", parts);
    }

    private Reply byId(String text) throws Failure {
        int id = number(text, 404, "HTTP 404 Not Found");
        String schema = shelf.byId(id).orElseThrow(() -> new Failure(40403, "Schema " + id + " not found"));
        return Reply.ok(Map.of("schema", schema));
    }

    private List<SchemaShelf.Version> versions(String subject) throws Failure {
        List<SchemaShelf.Version> versions = shelf.versions(subject);
        if (versions.isEmpty()) {
            throw new Failure(40401, "Subject '" + subject + "' not found.");
        }
        return versions;
    }

    private SchemaShelf.Version version(String subject, String text) throws Failure {
        List<SchemaShelf.Version> versions = versions(subject);
        int number = text.equals("latest") || text.equals("-1")
                ? versions.size()
                : number(text, 42202, "The specified version '" + text + "' is not a valid version id.");
        if (number < 1) {
            throw new Failure(42202, "The specified version '" + text + "' is not a valid version id.");
        }
        if (number > versions.size()) {
            throw new Failure(40402, "Version " + number + " not found.");
        }
        return versions.get(number - 1);
    }

    private SchemaShelf.Version lookUp(String subject, String schema) throws Failure {
        versions(subject);
        return shelf.find(subject, schema).orElseThrow(() -> new Failure(40403, "Schema not found"));
    }

    private static JsonNode json(byte[] body) throws Failure {
        try {
            return JSON.readTree(new String(body, UTF_8));
        } catch (JsonProcessingException e) {
            throw new Failure(400, "The request is not JSON.");
        }
    }

    private static String schema(byte[] body) throws Failure {
        JsonNode request = json(body);
        String type = request.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !request.path("references").isEmpty()) {
            throw new Failure(42201, "Only Avro schemas without references are supported here.");
        }
        try {
            return SchemaShelf.canonical(request.path("schema").asText());
        } catch (RuntimeException | StackOverflowError e) {
            throw new Failure(42201, "Invalid schema: " + e.getClass().getSimpleName());
        }
    }

    private static int number(String text, int code, String message) throws Failure {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Failure(code, message);
        }
    }
}
