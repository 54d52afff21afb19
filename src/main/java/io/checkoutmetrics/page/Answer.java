package io.checkoutmetrics.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A whole answer to a request, of bounded length. */
record Answer(int status, String contentType, byte[] body) {
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final int NO_BODY = -1;

    static Answer json(String json) {
        return new Answer(200, JSON_TYPE, json.getBytes(StandardCharsets.UTF_8));
    }

    static Answer problem(int status, String message) {
        String json = BoardJson.object().put("error", message).toString();
        return new Answer(status, JSON_TYPE, json.getBytes(StandardCharsets.UTF_8));
    }

    void sendTo(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(status, NO_BODY);
            } else {
                exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
