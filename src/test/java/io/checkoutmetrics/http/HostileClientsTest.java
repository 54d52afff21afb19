package io.checkoutmetrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.config.HttpAddress;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are slow, stuck or up to no good are cut off, and others are answered meanwhile. */
class HostileClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final byte[] LARGE = new byte[16 << 20];
    private static final int STREAMS = 3;
    private static final int CROWD = 40;

    private final AtomicInteger streaming = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger streamed = new AtomicInteger();
    private final List<RawClient> clients = new ArrayList<>();
    private HttpListener listener = listening(new Limits(SHORT, SHORT, SHORT, STREAMS));

    private HttpListener listening(Limits limits) {
        HttpListener listening = HttpListener.bind(new HttpAddress("127.0.0.1", 0), Optional.empty(), limits)
                .route("/hello", request -> Answer.text(200, "hello"))
                .route("/large", request -> Answer.of(200, Answer.TEXT, LARGE))
                .stream("/ticks", "text/event-stream", (request, body) -> {
                    streaming.incrementAndGet();
                    streamed.incrementAndGet();
                    try {
                        for (int tick = 0; ; tick++) {
                            body.write((": " + tick + "\n\n").getBytes());
                            body.flush();
                            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
                        }
                    } finally {
                        streaming.decrementAndGet();
                    }
                })
                .stream("/flood", "text/event-stream", (request, body) -> {
            streaming.incrementAndGet();
            streamed.incrementAndGet();
            try {
                while (true) {
                    body.write(LARGE);
                    body.flush();
                }
            } finally {
                streaming.decrementAndGet();
            }
        });
        listening.start();
        return listening;
    }

    @BeforeEach
    void isAnswering() {
        assertHelloIsAnswered();
    }

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        listener.close();
    }

    private RawClient client() {
        RawClient client = new RawClient(listener);
        clients.add(client);
        return client;
    }

    private void assertHelloIsAnswered() {
        assertThat(RawClient.get(listener, "/hello"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("hello\n");
    }

    @Test
    void requestThatNeverEnds_isCutOff() {
        listener.close();
        listener = listening(new Limits(SHORT, LONG, LONG, STREAMS));
        assertThat(client().say("GET /hello HTTP/1.1\r\nHost: loc").rest()).doesNotContain("200");
    }

    @Test
    void manyWhoNeverEndTheirRequest_doNotKeepOthersFromBeingAnswered() {
        listener.close();
        listener = listening(new Limits(LONG, SHORT, SHORT, STREAMS));
        for (int i = 0; i < CROWD; i++) {
            client().say("GET /hello HTTP/1.1\r\nX: ");
        }
        assertHelloIsAnswered();
    }

    @Test
    void manyWhoNeverTakeTheirAnswer_doNotKeepOthersFromBeingAnswered() {
        for (int i = 0; i < CROWD; i++) {
            client().say("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        await().atMost(PATIENCE).untilAsserted(this::assertHelloIsAnswered);
    }

    @Test
    void endlessRequestLine_isCutOff_longBeforeItFillsTheMemory() {
        assertThat(megabytesTaken("GET /")).isLessThan(50);
        assertHelloIsAnswered();
    }

    @Test
    void endlessHeader_isCutOff_longBeforeItFillsTheMemory() {
        assertThat(megabytesTaken("GET /hello HTTP/1.1\r\nX: ")).isLessThan(50);
        assertHelloIsAnswered();
    }

    private int megabytesTaken(String beginning) {
        String megabyte = "x".repeat(1 << 20);
        int taken = 0;
        try {
            for (RawClient client = client().say(beginning); taken < 100; taken++) {
                client.say(megabyte);
            }
        } catch (UncheckedIOException e) {
            return taken; // hung up on
        }
        return taken;
    }

    @Test
    void garbage_isHungUpOn() {
        for (String garbage : List.of(
                "\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                "GET\r\n\r\n",
                "GET /hello\r\n\r\n",
                "GET mailto:x HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: localhost\r\n: nameless\r\n\r\n")) {
            assertThat(client().say(garbage).rest()).as(garbage).doesNotContain("200 OK");
        }
        assertHelloIsAnswered();
    }

    @Test
    void streams_takeNoThreadOfOtherRequests_andOneTooManyIsToldToComeBack() {
        for (int i = 0; i < STREAMS; i++) {
            client().say("GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        await().atMost(PATIENCE).until(() -> streaming.get() == STREAMS);
        assertThat(RawClient.get(listener, "/ticks"))
                .startsWith("HTTP/1.1 503 ")
                .containsIgnoringCase("Retry-After: 5");
        assertHelloIsAnswered();
    }

    @Test
    void streamGoesOn_longerThanAnAnswerMayTake() throws Exception {
        RawClient client = client().say("GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n");
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(": 60\n") < 0) { // 60 ticks of 20 ms are four times as long
            heard.append((char) client.in().read());
        }
        assertThat(heard.toString())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("Content-Type: text/event-stream");
    }

    @Test
    void clientThatLeaves_andOneThatTakesNothing_makeRoomForOthers() {
        for (int i = 0; i < STREAMS - 1; i++) {
            client().say("GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        RawClient leaving = client().say("GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().atMost(PATIENCE).until(() -> streamed.get() == STREAMS);
        leaving.close();
        await().atMost(PATIENCE).until(() -> streaming.get() == 0);
        client().say("GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().atMost(PATIENCE).until(() -> streaming.get() == 1);
    }

    @Test
    void headOfAStream_isAnsweredAtOnce() {
        assertThat(RawClient.ask(listener, "HEAD /ticks HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n");
        assertThat(streaming).hasValue(0);
    }

    @Test
    void closing_hangsUpOnStreams() {
        RawClient client = client().say("GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().atMost(PATIENCE).until(() -> streaming.get() == 1);
        listener.close();
        client.rest();
        await().atMost(PATIENCE).until(() -> streaming.get() == 0);
    }
}
