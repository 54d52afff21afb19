package io.checkoutmetrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.RegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriterSchemasTest {
    private record Answer(int status, String body) {}

    private static final Answer KNOWN = new Answer(200, "{\"schema\":\"\\\"string\\\"\"}");
    private static final Answer UNKNOWN = new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    private static final Answer UNAVAILABLE = new Answer(503, "");
    private static final Answer REFUSED = new Answer(401, "");
    private static final Answer PROTOBUF = new Answer(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}");

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Answer answer = KNOWN;
    private HttpServer registry;
    private WriterSchemas schemas;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", this::answer);
        registry.start();
        RegistryClient client = RegistryClient.of(Map.of(
                "schema.registry.url",
                        "http://127.0.0.1:" + registry.getAddress().getPort(),
                "max.retries", "0",
                "missing.id.cache.ttl.sec", "0"));
        schemas = new WriterSchemas(client, clock, WriterSchemas.PATIENCE);
    }

    @AfterEach
    void stop() {
        schemas.close();
        registry.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Answer now = answer;
        try (exchange) {
            byte[] body = now.body.getBytes(UTF_8);
            exchange.sendResponseHeaders(now.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        asked.incrementAndGet();
    }

    private CompletableFuture<Optional<String>> inBackground(int id) {
        return CompletableFuture.supplyAsync(() -> schemas.schema(id));
    }

    private void awaitAsked(int more) {
        int before = asked.get();
        await().until(() -> asked.get() >= before + more);
    }

    private static Optional<String> result(CompletableFuture<Optional<String>> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void knownId_hasItsSchemaAtOnce() {
        assertThat(result(inBackground(7))).contains("\"string\"");
        assertThat(schemas.isWaiting()).isFalse();
    }

    @Test
    void unknownId_getsItsPatience_thenIsGivenUp_andFromThenOnAtOnce() {
        answer = UNKNOWN;
        CompletableFuture<Optional<String>> waiting = inBackground(7);
        awaitAsked(2);
        clock.move(WriterSchemas.PATIENCE.minusMillis(1));
        awaitAsked(2);
        assertThat(waiting).isNotDone();
        assertThat(schemas.isWaiting()).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(result(waiting)).isEmpty();
        assertThat(result(inBackground(7))).isEmpty();
    }

    @Test
    void unknownIdThatBecomesKnownInTime_hasItsSchema_andItsPatienceAnew() {
        answer = UNKNOWN;
        CompletableFuture<Optional<String>> waiting = inBackground(7);
        awaitAsked(1);
        answer = KNOWN;
        assertThat(result(waiting)).contains("\"string\"");
    }

    @Test
    void patienceOfAnId_countsFromWhenAnyThreadFirstMetIt() {
        answer = UNKNOWN;
        CompletableFuture<Optional<String>> first = inBackground(7);
        awaitAsked(1);
        clock.move(WriterSchemas.PATIENCE);
        assertThat(result(inBackground(7))).isEmpty();
        assertThat(result(first)).isEmpty();
        CompletableFuture<Optional<String>> other = inBackground(8);
        awaitAsked(2);
        assertThat(other).isNotDone();
    }

    @Test
    void unavailableRegistry_isWaitedForWithoutEnd_andItShows() {
        answer = UNAVAILABLE;
        CompletableFuture<Optional<String>> waiting = inBackground(7);
        awaitAsked(1);
        await().until(schemas::isWaiting);
        clock.move(Duration.ofDays(3));
        awaitAsked(2);
        assertThat(waiting).isNotDone();
        answer = KNOWN;
        assertThat(result(waiting)).contains("\"string\"");
        assertThat(schemas.isWaiting()).isFalse();
    }

    @Test
    void registryThatIsBackButHasNoUseForUs_isNotWaitedForAnyMore() {
        answer = UNAVAILABLE;
        CompletableFuture<Optional<String>> waiting = inBackground(7);
        await().until(schemas::isWaiting);
        answer = PROTOBUF;
        assertThat(result(waiting)).isEmpty();
        assertThat(schemas.isWaiting()).isFalse();
    }

    @Test
    void registryThatIsBackWithoutTheSchema_isNotUnreachableAnyMore() {
        answer = UNAVAILABLE;
        CompletableFuture<Optional<String>> waiting = inBackground(7);
        await().until(schemas::isWaiting);
        answer = UNKNOWN;
        await().until(() -> !schemas.isWaiting());
        assertThat(waiting).isNotDone();
    }

    @Test
    void registryThatRefusesUs_isAnErrorAtOnce() {
        answer = REFUSED;
        assertThatThrownBy(() -> schemas.schema(7)).isInstanceOf(RegistryException.Refused.class);
    }

    @Test
    void schemaThatCannotBeUsed_isNone() {
        answer = PROTOBUF;
        assertThat(result(inBackground(7))).isEmpty();
    }

    @Test
    void jobThatStops_endsEveryWait_andLetsNoneBegin() {
        answer = UNAVAILABLE;
        CompletableFuture<Optional<String>> waiting = inBackground(7);
        await().until(schemas::isWaiting);
        schemas.stopWaiting();
        assertThatThrownBy(() -> result(waiting)).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> schemas.schema(8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the job stops");
    }

    @Test
    void interruptedThread_stopsWaiting_andStaysInterrupted() {
        answer = UNKNOWN;
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                schemas.schema(7);
            } catch (IllegalStateException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        awaitAsked(1);
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        assertThat(interrupted.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
    }
}
