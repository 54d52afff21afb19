package io.checkoutmetrics.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request comes through here: the gate, the route of exactly its path, and what each answer carries. */
final class Exchanges implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
    private static final String COME_BACK_SECONDS = "5";

    private static final Map<String, String> SECURITY_HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");

    /** The second tells proxies to hand on what comes as it comes, and not to gather it. */
    private static final Map<String, String> STREAM_HEADERS = Map.of("Connection", "close", "X-Accel-Buffering", "no");

    private static final Answer NOTHING = Answer.text(404, "There is nothing here.");

    /** @param isOpen whether it needs no token. Of the two kinds of route one is there. */
    record Target(
            boolean isOpen,
            @Nullable Route route,
            String contentType,
            @Nullable StreamRoute stream) {}

    private final Gate gate;
    private final RequestThreads requests;
    private final StreamThreads streams;
    private final Map<String, Target> targets = new ConcurrentHashMap<>();
    private volatile Answer elsewhere = NOTHING;

    Exchanges(Gate gate, RequestThreads requests, StreamThreads streams) {
        this.gate = gate;
        this.requests = requests;
        this.streams = streams;
    }

    void add(String path, Target target) {
        if (!path.startsWith("/") || targets.putIfAbsent(path, target) != null) {
            throw new IllegalArgumentException("not a new path: " + path);
        }
    }

    /** What paths are answered that nobody has added. */
    void elsewhere(Answer answer) {
        elsewhere = answer;
    }

    void nothingElsewhere() {
        elsewhere = NOTHING;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        requests.requestIsRead();
        Target target = targets.get(exchange.getRequestURI().getRawPath());
        Optional<Answer> refusal = gate.refusal(exchange, target != null && target.isOpen());
        if (refusal.isPresent()) {
            exchange.getResponseHeaders().set("Connection", "close");
            send(exchange, refusal.get());
        } else if (target == null) {
            send(exchange, elsewhere);
        } else {
            serve(exchange, target);
        }
    }

    private void serve(HttpExchange exchange, Target target) throws IOException {
        Request request;
        try {
            String query = exchange.getRequestURI().getRawQuery();
            request = Request.of(query == null ? "" : query, exchange.getRequestHeaders());
        } catch (IllegalArgumentException e) {
            send(exchange, Answer.text(400, "The query cannot be read."));
            return;
        }
        if (target.route() != null) {
            send(exchange, answer(target.route(), request));
        } else if (target.stream() != null) {
            startStream(exchange, target.stream(), target.contentType(), request);
        }
    }

    private static Answer answer(Route route, Request request) {
        try {
            return route.answer(request);
        } catch (RuntimeException e) {
            LOG.warn("a request failed", e);
            return Answer.text(500, "This request failed; the log says why.");
        }
    }

    private void startStream(HttpExchange exchange, StreamRoute route, String contentType, Request request)
            throws IOException {
        if (isHead(exchange)) {
            send(exchange, Answer.of(200, contentType, ""));
        } else if (!streams.tryStart(writes -> stream(exchange, route, contentType, request, writes))) {
            send(
                    exchange,
                    Answer.text(503, "As many listen as there is room for. Come back later.")
                            .with("Retry-After", COME_BACK_SECONDS));
        }
    }

    private static void stream(
            HttpExchange exchange,
            StreamRoute route,
            String contentType,
            Request request,
            StreamThreads.Writes writes) {
        try (exchange) {
            setHeaders(exchange, contentType, STREAM_HEADERS);
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = writes.to(exchange.getResponseBody());
            body.flush();
            route.stream(request, body);
            body.flush();
        } catch (IOException e) {
            LOG.debug("a listener has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a stream failed", e);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            setHeaders(exchange, answer.contentType(), answer.headers());
            if (isHead(exchange)) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private static void setHeaders(HttpExchange exchange, String contentType, Map<String, String> more) {
        Headers headers = exchange.getResponseHeaders();
        SECURITY_HEADERS.forEach(headers::set);
        headers.set("Content-Type", contentType);
        more.forEach(headers::set);
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
