package io.checkoutmetrics.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.avro.Hit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects as hits: the field names of the hit's Avro schema, and {@code receivedTime}, which is {@code time} where
 * it is missing. Texts must be strings and times ISO-8601 with an offset; null is the same as missing; fields of other
 * names are passed over. A name that occurs twice breaks the line.
 */
final class JsonLineParser implements LineParser {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final TextBytes text = new TextBytes();
    private final @Nullable String reportSuite;

    JsonLineParser(@Nullable String reportSuite) {
        this.reportSuite = reportSuite;
    }

    @Override
    public boolean hasBackslashEscapes() {
        return false;
    }

    @Override
    public @Nullable ReceivedHit parse(byte[] line, int length) throws BrokenLine {
        JsonNode json = read(line, length);
        if (json.isMissingNode()) {
            return null;
        }
        if (!json.isObject()) {
            throw new BrokenLine("not a JSON object");
        }
        Long happenedMs = time(json, "time");
        Long receivedMs = time(json, "receivedTime");
        long recordMs = recordMs(happenedMs, receivedMs);
        Hit hit = new Hit();
        hit.setReportSuite(reportSuite(json));
        String events = string(json, "events");
        hit.setEvents(events == null ? "" : events);
        hit.setTime(happenedMs == null ? null : Instant.ofEpochMilli(happenedMs));
        hit.setHitId(string(json, "hitId"));
        hit.setVisitorId(string(json, "visitorId"));
        hit.setVisitId(string(json, "visitId"));
        hit.setExcluded(string(json, "excluded"));
        hit.setPageName(string(json, "pageName"));
        hit.setCampaign(string(json, "campaign"));
        hit.setCountry(string(json, "country"));
        hit.setCurrency(string(json, "currency"));
        hit.setProducts(string(json, "products"));
        hit.setDeviceType(string(json, "deviceType"));
        hit.setDimensions(dimensions(json));
        return new ReceivedHit(hit, recordMs);
    }

    /** The line's JSON; a missing node where the line is blank. */
    private JsonNode read(byte[] line, int length) throws BrokenLine {
        if (!text.isUtf8(line, length)) {
            throw new BrokenLine("not UTF-8");
        }
        try {
            return READER.readTree(new String(line, 0, length, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new BrokenLine("not JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static long recordMs(@Nullable Long happenedMs, @Nullable Long receivedMs) throws BrokenLine {
        if (receivedMs != null) {
            return Times.asReceived("receivedTime", receivedMs);
        }
        if (happenedMs == null) {
            throw new BrokenLine("neither time nor receivedTime");
        }
        return Times.asReceived("time", happenedMs);
    }

    private String reportSuite(JsonNode json) throws BrokenLine {
        String own = string(json, "reportSuite");
        if (own != null && !own.isEmpty()) {
            return own;
        }
        if (reportSuite == null) {
            throw new BrokenLine("no reportSuite, and no --report-suite is given");
        }
        return reportSuite;
    }

    private static Map<String, String> dimensions(JsonNode json) throws BrokenLine {
        Map<String, String> dimensions = new HashMap<>();
        JsonNode values = json.path("dimensions");
        if (values.isMissingNode() || values.isNull()) {
            return dimensions;
        }
        if (!values.isObject()) {
            throw new BrokenLine("dimensions must be an object of strings");
        }
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            String value = text("dimensions." + entry.getKey(), entry.getValue());
            if (value != null) {
                dimensions.put(entry.getKey(), value);
            }
        }
        return dimensions;
    }

    private static @Nullable Long time(JsonNode json, String field) throws BrokenLine {
        String value = string(json, field);
        return value == null ? null : Long.valueOf(Times.ofIso(field, value));
    }

    private static @Nullable String string(JsonNode json, String field) throws BrokenLine {
        return text(field, json.path(field));
    }

    private static @Nullable String text(String field, JsonNode value) throws BrokenLine {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BrokenLine(BrokenLine.quoted(field) + " must be a string");
        }
        return value.textValue();
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
