package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One record of an output topic.
 *
 * @param key as text
 * @param value in the contract's JSON form
 */
public record Published(int partition, long offset, String key, JsonNode value) {}
