package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Hits, and finals, as one JSON object a line. Blank lines are skipped; a line that is no JSON object is an error. */
public final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    public static List<Arrival> hits(Path file) throws IOException {
        return hits(Files.readAllLines(file));
    }

    /**
     * Hits in the order received; those received at once keep the order of their lines. All are of partition 0,
     * numbered in that order, as the partition that a hit has gone to can't be seen from a file.
     *
     * @throws IllegalArgumentException for a line that is no hit, with its number
     */
    public static List<Arrival> hits(List<String> lines) {
        List<Arrival> inFile = new ArrayList<>();
        List<JsonNode> objects = objects(lines);
        for (JsonNode object : objects) {
            inFile.add(hit((ObjectNode) object));
        }
        inFile.sort(Comparator.comparingLong(Arrival::recordTimeMs));
        List<Arrival> arrivals = new ArrayList<>();
        for (Arrival arrival : inFile) {
            arrivals.add(Arrival.of(0, arrivals.size(), arrival.recordTimeMs(), arrival.hit()));
        }
        return arrivals;
    }

    /** The objects of all lines that aren't blank. */
    public static List<JsonNode> objects(List<String> lines) {
        List<JsonNode> objects = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                objects.add(object(lines.get(i), i + 1));
            }
        }
        return objects;
    }

    private static JsonNode object(String line, int number) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("line " + number + " is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("line " + number + " is no JSON object");
    }

    private static Arrival hit(ObjectNode line) {
        ObjectNode hit = line.deepCopy();
        JsonNode received = line.hasNonNull("receivedTime") ? line.path("receivedTime") : line.path("time");
        hit.remove("receivedTime");
        if (line.hasNonNull("time")) {
            hit.put("time", millis(line.path("time"), line));
        }
        return Arrival.of(0, 0, millis(received, line), hit);
    }

    private static long millis(JsonNode time, JsonNode line) {
        try {
            return Instant.parse(time.asText()).toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time: \"" + time.asText() + "\" in " + line, e);
        }
    }
}
