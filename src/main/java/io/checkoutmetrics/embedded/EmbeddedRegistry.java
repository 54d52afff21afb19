package io.checkoutmetrics.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A schema registry inside this JVM: the endpoints of Confluent's REST API that clients use to write and read Avro, on
 * 127.0.0.1 only, without authentication. Schemas live in memory and are gone with it; nothing is checked for
 * compatibility, unless {@code PUT /config} sets the level {@code BACKWARD}. Not for production.
 */
public final class EmbeddedRegistry implements Closeable {
    private static final int THREADS = 4;
    private static final int WAITING_REQUESTS = 64;

    private final HttpServer server;
    private final ExecutorService threads;

    private EmbeddedRegistry(int port) throws IOException {
        server = bound(port);
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "embedded-registry");
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(threads);
        server.createContext("/", new RegistryRequests(new SchemaShelf()));
        server.start();
    }

    /** A registry on a free port. */
    public static EmbeddedRegistry start() throws IOException {
        return start(0);
    }

    /**
     * @param port to listen on, 0 for a free one
     * @throws IOException naming the port, if it is taken
     */
    public static EmbeddedRegistry start(int port) throws IOException {
        return new EmbeddedRegistry(port);
    }

    private static HttpServer bound(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), WAITING_REQUESTS);
        } catch (IOException e) {
            throw new IOException(
                    "the embedded schema registry cannot listen on 127.0.0.1:" + port
                            + ". End what listens there, or choose another port (0: any free one).",
                    e);
        }
    }

    /** Base URL, for {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
