package io.checkoutmetrics.http;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A GET that was let in; a HEAD looks the same to a route. */
public final class Request {
    private final Map<String, String> parameters;
    private final Headers headers;

    private Request(Map<String, String> parameters, Headers headers) {
        this.parameters = parameters;
        this.headers = headers;
    }

    /** @throws IllegalArgumentException when the query is not URL-encoded */
    static Request of(String rawQuery, Headers headers) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Request(parameters, headers);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The first value of that name in the query, decoded; may be any text at all. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The first value of that header, such as {@code Last-Event-ID}; upper and lower case are the same. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }
}
