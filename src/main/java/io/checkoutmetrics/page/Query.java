package io.checkoutmetrics.page;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request. */
final class Query {
    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param known the parameters there are
     * @throws IllegalArgumentException saying what is wrong: another parameter, one that comes twice, a broken escape
     */
    static Query of(URI uri, List<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        String query = uri.getRawQuery();
        if (query != null && !query.isEmpty()) {
            for (String part : query.split("&", -1)) {
                int equals = part.indexOf('=');
                String name = decoded(equals < 0 ? part : part.substring(0, equals));
                if (!known.contains(name)) {
                    throw new IllegalArgumentException("There is no such parameter. Use " + String.join(", ", known) + ".");
                }
                if (values.put(name, equals < 0 ? "" : decoded(part.substring(equals + 1))) != null) {
                    throw new IllegalArgumentException(name + ": give it once.");
                }
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Absent when it is empty. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
    }

    /** @throws IllegalArgumentException when it is there and not in that range */
    int number(String name, int least, int most, int otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + ": use a number from " + least + " to " + most + ".");
    }
}
