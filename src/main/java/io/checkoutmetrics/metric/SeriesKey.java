package io.checkoutmetrics.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The key of a series in the output topics: a JSON array in UTF-8, {@code ["suite"]} for a total and
 * {@code ["suite","dimension","item"]} for an item.
 */
public final class SeriesKey {
    private static final JsonMapper JSON = new JsonMapper();

    private SeriesKey() {}

    public static byte[] of(Series series) {
        List<String> parts = series.isTotal()
                ? List.of(series.reportSuite())
                : List.of(series.reportSuite(), series.dimension(), series.item());
        try {
            return JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8); // as bytes, Jackson escapes emoji
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    /** Whether the key, which must be one, is that of a total: it has one part. Looks at the bytes and allocates nothing. */
    public static boolean isOfTotal(byte[] key) {
        for (int i = 2; i < key.length; i++) {
            if (key[i] == '\\') {
                i++;
            } else if (key[i] == '"') {
                return key[i + 1] == ']';
            }
        }
        return false;
    }

    /** @throws IllegalArgumentException when the bytes are no such key */
    public static Series parse(byte[] key) {
        String[] parts;
        try {
            parts = JSON.readValue(key, String[].class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not the key of a series", e);
        }
        if (parts == null || Arrays.asList(parts).contains(null)) {
            throw new IllegalArgumentException("the key of a series is an array of strings");
        }
        if (parts.length == 1) {
            return Series.total(parts[0]);
        }
        if (parts.length == 3) {
            return new Series(parts[0], parts[1], parts[2]);
        }
        throw new IllegalArgumentException("the key of a series has one or three parts");
    }
}
