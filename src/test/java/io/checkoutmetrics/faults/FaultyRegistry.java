package io.checkoutmetrics.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A schema registry whose answers, and the way to which, go wrong when told to. */
final class FaultyRegistry implements AutoCloseable {
    private static final int RIGHT = 0;
    private static final int NOT_FOUND = 404;

    private final EmbeddedRegistry registry;
    private final HttpServer front;
    private final Proxy way;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "faulty-registry");
        thread.setDaemon(true);
        return thread;
    });
    private volatile int status = RIGHT;

    FaultyRegistry() {
        try {
            registry = EmbeddedRegistry.start();
            front = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front.setExecutor(threads);
        front.createContext("/", this::answer);
        front.start();
        way = Proxy.listen(Ports.free(), front.getAddress().getPort());
    }

    /** For the job. */
    String url() {
        return "http://127.0.0.1:" + way.port();
    }

    /** For those who see no faults. */
    String direct() {
        return registry.url();
    }

    /** The network between it and the job. */
    Proxy way() {
        return way;
    }

    /** It answers everything with that status. */
    void answerAll(int wrongStatus) {
        status = wrongStatus;
    }

    /** It says of every schema that it does not have it. */
    void answerUnknown() {
        status = NOT_FOUND;
    }

    void heal() {
        status = RIGHT;
        way.heal();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        if (status != RIGHT) {
            int code = status == NOT_FOUND ? 40403 : status;
            String body = "{\"error_code\":" + code + ",\"message\":\"injected\"}";
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
            return;
        }
        HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(direct() + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(request));
        asked.header("Content-Type", "application/vnd.schemaregistry.v1+json");
        try {
            HttpResponse<byte[]> answer = http.send(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
            send(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        way.close();
        front.stop(0);
        threads.shutdownNow();
        registry.close();
    }
}
