package io.checkoutmetrics.http;

import com.sun.net.httpserver.HttpServer;
import io.checkoutmetrics.config.HttpAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Listens for HTTP and answers for the paths it was given; any other path is 404, and no file is ever served by its
 * path.
 *
 * <p>Only GET and HEAD are answered, only under names that are ours, only with the token where there is one (as bearer
 * token, or as the password of any user), without CORS, with a content security policy that allows nothing but own
 * scripts and styles. Clients have eight threads of their own and a short queue; one that is slow is cut off after some
 * seconds, and sooner when others wait. Streams have a thread each, see {@link StreamRoute}.
 */
public final class HttpListener implements AutoCloseable {
    /** Clients of streams at the same time, over all routes. */
    public static final int MOST_STREAMS = 64;

    private static final int BACKLOG = 64;
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5), MOST_STREAMS);

    private final String host;
    private final HttpServer server;
    private final RequestThreads requests;
    private final StreamThreads streams;
    private final Exchanges exchanges;

    private HttpListener(HttpAddress address, Optional<String> token, HttpServer server, Limits limits) {
        this.host = address.host();
        this.server = server;
        this.requests = new RequestThreads(limits);
        this.streams = new StreamThreads(limits);
        this.exchanges = new Exchanges(new Gate(token, address.host()), requests, streams);
        server.setExecutor(requests);
        server.createContext("/", exchanges);
    }

    /**
     * Takes the address, for nobody else to have it; requests wait until {@link #start()}.
     *
     * @param token what requests must carry; empty: they need none
     * @throws ListenException when it cannot listen there
     */
    public static HttpListener bind(HttpAddress address, Optional<String> token) {
        return bind(address, token, LIMITS);
    }

    /**
     * The same for open routes alone, with connections and threads of its own: those who fill up the other listener do
     * not keep anybody from being answered here.
     *
     * @throws ListenException when it cannot listen there
     */
    public static HttpListener bindForProbes(HttpAddress address) {
        return bind("http.probes.listen", address, Optional.empty(), LIMITS);
    }

    static HttpListener bind(HttpAddress address, Optional<String> token, Limits limits) {
        return bind("http.listen", address, token, limits);
    }

    private static HttpListener bind(String setting, HttpAddress address, Optional<String> token, Limits limits) {
        ServerProperties.set();
        InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
            throw new ListenException(setting + ": \"" + address.host()
                    + "\" cannot be found. Correct the name, or write an address of this machine.");
        }
        try {
            return new HttpListener(address, token, HttpServer.create(socket, BACKLOG), limits);
        } catch (BindException e) {
            throw new ListenException(
                    setting + ": cannot listen on " + address + ": " + e.getMessage()
                            + ". End what listens there, or set " + setting
                            + " to another port of this machine (0: any free one), or to off.",
                    e);
        } catch (IOException e) {
            throw new ListenException(setting + ": cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /**
     * Answers GET and HEAD for that path.
     *
     * @param path exactly as requested, without query, such as {@code /api/v1/metrics}
     */
    public HttpListener route(String path, Route route) {
        exchanges.add(path, new Exchanges.Target(false, route, "", null));
        return this;
    }

    /** The same, for everybody, without the token: of what is answered nothing may be secret. */
    public HttpListener openRoute(String path, Route route) {
        exchanges.add(path, new Exchanges.Target(true, route, "", null));
        return this;
    }

    /** Answers GET for that path with a body that goes on and on. */
    public HttpListener stream(String path, String contentType, StreamRoute route) {
        exchanges.add(path, new Exchanges.Target(false, null, contentType, route));
        return this;
    }

    /** Any other path is answered with this, until {@link #complete()}: more routes are to come. */
    public HttpListener meanwhile(Answer answer) {
        exchanges.elsewhere(answer);
        return this;
    }

    /** No routes are to come any more: any other path is 404. */
    public void complete() {
        exchanges.nothingElsewhere();
    }

    /** Begins to answer. Routes may be added later, too. */
    public void start() {
        server.start();
    }

    /** Where it listens, as a URL without path. */
    public String url() {
        return "http://" + new HttpAddress(host, server.getAddress().getPort());
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        server.stop(0);
        requests.close();
        streams.close();
    }
}
