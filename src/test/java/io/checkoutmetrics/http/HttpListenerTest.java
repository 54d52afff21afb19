package io.checkoutmetrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.config.HttpAddress;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {
    private static final HttpAddress ANY_PORT = new HttpAddress("127.0.0.1", 0);
    private static final String TOKEN = "0123456789abcdef";

    private final HttpListener open = listening(Optional.empty());
    private final HttpListener locked = listening(Optional.of(TOKEN));

    private static HttpListener listening(Optional<String> token) {
        return HttpListener.bind(ANY_PORT, token)
                .route(
                        "/hello",
                        request -> Answer.text(
                                200, "hello " + request.parameter("name").orElse("you")))
                .route("/broken", request -> {
                    throw new IllegalStateException("secret of the inside");
                })
                .openRoute("/alive", request -> Answer.json("{}"));
    }

    @BeforeEach
    void start() {
        open.start();
        locked.start();
    }

    @AfterEach
    void close() {
        open.close();
        locked.close();
    }

    @Test
    void routeOfThePath_answers_withTheHeadersThatKeepABrowserSafe() {
        String answer = RawClient.get(open, "/hello?x=1&name=J%C3%BCrgen+M&name=other");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\nhello J\u00c3\u00bcrgen M\n")
                .containsIgnoringCase(
                        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';")
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .containsIgnoringCase("Cache-Control: no-store")
                .containsIgnoringCase("Referrer-Policy: no-referrer")
                .containsIgnoringCase("Content-Type: text/plain; charset=utf-8")
                .doesNotContainIgnoringCase("Access-Control-");
    }

    @Test
    void head_isAnsweredLikeGet_withoutTheBody() {
        String head = RawClient.ask(open, "HEAD /hello HTTP/1.1", "Host: localhost");
        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").containsIgnoringCase("Content-Length: 10\r\n");
        assertThat(head).endsWith("\r\n\r\n");
        assertThat(RawClient.get(open, "/hello")).containsIgnoringCase("Content-Length: 10\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "BREW"})
    void otherMethods_areRefused_sayingWhichAreNot(String method) {
        assertThat(RawClient.ask(open, method + " /hello HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("Allow: GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hello/",
                "/HELLO",
                "//hello",
                "/hello/..",
                "/x/../hello",
                "/%68ello",
                "/../../../../etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/hello;x",
                "/hello%00",
                "/io/checkoutmetrics/cli/Main.class",
                "/"
            })
    void anyOtherPath_isNotThere(String path) {
        assertThat(RawClient.get(open, path)).startsWith("HTTP/1.1 404 ").doesNotContain("hello you", "root:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "LOCALHOST", "127.0.0.1", "10.1.2.3:80", "[::1]:8080", "job-1:8080"})
    void hostThatIsNobodyElsesName_isLetIn(String host) {
        assertThat(RawClient.ask(open, "GET /hello HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:8080",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost.evil.example",
                "Host: evil.example#localhost",
                "Host: localhost@evil.example",
                "Host:",
                "Host: localhost\r\nHost: localhost",
                "X: y"
            })
    void hostOfSomebodyElse_isRefused_againstDnsRebinding(String header) {
        assertThat(RawClient.ask(open, "GET /hello HTTP/1.1", header)).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void withAToken_anyHostWillDo_becauseAForeignPageDoesNotHaveIt() {
        String host = "Host: metrics.example.com";
        assertThat(RawClient.ask(locked, "GET /hello HTTP/1.1", host)).startsWith("HTTP/1.1 401 ");
        assertThat(RawClient.ask(locked, "GET /hello HTTP/1.1", host, "Authorization: Bearer " + TOKEN))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void token_isTakenAsBearer_andAsPasswordOfAnyUser() {
        assertThat(RawClient.get(locked, "/hello", "Authorization: bearer " + TOKEN))
                .startsWith("HTTP/1.1 200 ");
        assertThat(RawClient.get(locked, "/hello", basic("me:" + TOKEN))).startsWith("HTTP/1.1 200 ");
        assertThat(RawClient.get(locked, "/hello", basic(":" + TOKEN))).startsWith("HTTP/1.1 200 ");
    }

    private static String basic(String credentials) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials.getBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Authorization:",
                "Authorization: Bearer",
                "Authorization: Bearer 0123456789abcdeF",
                "Authorization: Bearer 0123456789abcde",
                "Authorization: Bearer 0123456789abcdef0",
                "Authorization: 0123456789abcdef",
                "Authorization: Digest 0123456789abcdef",
                "Authorization: Basic 0123456789abcdef",
                "Authorization: Basic \u0000\u00ff=",
                "Authorization: Basic MDEyMzQ1Njc4OWFiY2RlZjp4"
            })
    void withoutTheToken_nothingIsTold_andABrowserAsksForIt(String header) {
        assertThat(RawClient.get(locked, "/hello", header))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("WWW-Authenticate: Basic realm=\"checkout-metrics\"")
                .doesNotContain("hello");
        assertThat(RawClient.get(locked, "/nowhere", header)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void openRoute_needsNoToken() {
        assertThat(RawClient.get(locked, "/alive")).startsWith("HTTP/1.1 200 ").endsWith("{}");
    }

    @Test
    void failureInside_isNotTold() {
        assertThat(RawClient.get(open, "/broken")).startsWith("HTTP/1.1 500 ").doesNotContain("secret", "Exception");
    }

    @Test
    void requestWithABody_isRefused() {
        assertThat(RawClient.ask(open, "GET /hello HTTP/1.1", "Host: localhost", "Content-Length: 5", "", "12345"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(RawClient.ask(
                        open, "GET /hello HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked", "", "0", ""))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void takenPort_isNamed_withWhatToDo() {
        int port = java.net.URI.create(open.url()).getPort();
        assertThatThrownBy(() -> HttpListener.bind(new HttpAddress("127.0.0.1", port), Optional.empty()))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("http.listen: cannot listen on 127.0.0.1:" + port)
                .hasMessageContaining("End what listens there, or set http.listen to another port");
    }

    @Test
    void addressOfAnotherMachine_isRefused() {
        assertThatThrownBy(() -> HttpListener.bind(new HttpAddress("192.0.2.1", 0), Optional.empty()))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("http.listen: cannot listen on 192.0.2.1:0");
    }
}
