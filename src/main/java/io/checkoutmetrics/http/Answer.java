package io.checkoutmetrics.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered, as a whole. The listener adds what every answer carries (security headers, length), and
 * leaves the body out where only the head was asked for.
 *
 * @param status HTTP's, 200 to 599
 * @param contentType with its charset where it is text
 * @param body not to be changed any more
 * @param headers more headers, by name
 */
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    public static final String JSON = "application/json; charset=utf-8";
    public static final String TEXT = "text/plain; charset=utf-8";

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, body, Map.of());
    }

    /** In UTF-8. */
    public static Answer of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** 200. @param json a complete JSON text */
    public static Answer json(String json) {
        return of(200, JSON, json);
    }

    /** A sentence for a person, as plain text. */
    public static Answer text(int status, String sentence) {
        return of(status, TEXT, sentence + "\n");
    }

    /** 503: not yet. Browsers ask again by themselves. @param seconds until then */
    public static Answer notYet(String sentence, int seconds) {
        String later = Integer.toString(seconds);
        return new Answer(503, TEXT, text(503, sentence).body(), Map.of("Retry-After", later, "Refresh", later));
    }

    Answer with(String header, String value) {
        return new Answer(status, contentType, body, Map.of(header, value));
    }
}
