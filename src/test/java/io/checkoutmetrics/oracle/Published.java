package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of an output topic.
 *
 * @param key as text
 * @param value in the contract's JSON form
 */
public record Published(int partition, long offset, String key, JsonNode value) {

    /** The parts of the key, a JSON array; none if it isn't one. */
    List<String> keyParts() {
        List<String> parts = new ArrayList<>();
        try {
            new ObjectMapper().readTree(key).forEach(part -> parts.add(part.asText()));
        } catch (JsonProcessingException e) {
            parts.clear();
        }
        return parts;
    }
}
