package io.checkoutmetrics.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * How the job is, in all its parts.
 *
 * @param ok whether every part is
 */
public record HealthReport(boolean ok, List<Part> parts) {
    private static final JsonMapper JSON = new JsonMapper();

    static HealthReport of(List<Part> parts) {
        return new HealthReport(parts.stream().allMatch(Part::ok), List.copyOf(parts));
    }

    /** One line: {@code {"ok":false,"parts":[{"part":"registry","ok":false,"detail":"…"}, …]}}. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and booleans are always JSON", e);
        }
    }
}
