package io.checkoutmetrics.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.fuzz.Campaign;
import io.checkoutmetrics.fuzz.Tokens;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers of a registry, and of what is none: each is a schema, or an error of the one kind that its status means. */
class RegistryAnswerFuzzTest {
    private static final List<byte[]> BODY = bytes(
            "{",
            "\"schema\"",
            ":",
            "\"{\\\"type\\\":\\\"string\\\"}\"",
            ",",
            "\"id\"",
            ":",
            "7",
            ",",
            "\"error_code\"",
            ":",
            "40403",
            ",",
            "\"message\"",
            ":",
            "\"no such\"",
            ",",
            "\"references\"",
            ":",
            "[]",
            ",",
            "\"schemaType\"",
            ":",
            "\"AVRO\"",
            "}");
    private static final List<byte[]> HOSTILE = bytes(
            "null",
            "true",
            "-1",
            "1e400",
            "99999999999999999999",
            "40401",
            "40402",
            "\"\\u0000\\n\\u001b[31m\"",
            "\"PROTOBUF\"",
            "[{\"name\":\"x\"}]",
            "[".repeat(2_000),
            "{\"a\":".repeat(1_500),
            "\"" + "x".repeat(5_000) + "\"",
            "<html>",
            "\"",
            "\ufeff");
    private static final int[] STATUS = {
        200, 200, 200, 404, 404, 401, 403, 400, 409, 422, 429, 408, 500, 502, 503, 301, 204, 100, 999
    };
    private static final List<byte[]> HEAD = bytes(
            "HTTP/1.1",
            " ",
            "200",
            " OK",
            "\r\n",
            "Content-Type",
            ": ",
            "application/json",
            "\r\n",
            "Content-Length",
            ": ",
            "30",
            "\r\n",
            "Connection: close",
            "\r\n",
            "\r\n");
    private static final List<byte[]> HOSTILE_HEAD = bytes(
            "404",
            "302",
            "100",
            "-1",
            "99999999999999999999",
            "\r\n",
            "\n",
            "\u0000",
            ":",
            "Transfer-Encoding: chunked\r\n",
            "Location: http://127.0.0.1:1/\r\n",
            "Content-Length: 4\r\n",
            "X: " + "x".repeat(70_000) + "\r\n",
            "X: y\r\n".repeat(2_000),
            "HTTP/2",
            "FFFFFFFF\r\n");

    @Test
    void anyAnswer_isASchemaOrOneKindOfError() {
        Endpoint endpoint = RegistrySettings.parse(Map.of("schema.registry.url", "http://registry:8081"))
                .endpoints()
                .get(0);
        Campaign.run("registry", 20_000, 0.004, 32 << 20, random -> {
            byte[] body = Tokens.of(BODY).broken(random, Tokens.of(BODY), HOSTILE);
            int status = STATUS[random.nextInt(STATUS.length)];
            return outcome(status, () -> new RegistryAnswer(
                            endpoint, "schema ID 7", status, new CappedBody.Body(body, random.nextInt(50) == 0))
                    .successOrThrow(Set.of(RegistryAnswer.SCHEMA_NOT_FOUND))
                    .text("schema"));
        });
    }

    /** The same over a socket, where heads may lie, and bodies end early, drip or never end. */
    @Test
    void anythingOnTheSocket_isASchemaOrOneKindOfError_inBoundedTime() throws Exception {
        BlockingQueue<byte[]> answers = new ArrayBlockingQueue<>(1);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                RegistryClient client = RegistryClient.of(Map.of(
                        "schema.registry.url", "http://127.0.0.1:" + server.getLocalPort(),
                        "http.read.timeout.ms", "300",
                        "max.retries", "0",
                        "missing.id.cache.ttl.sec", "0"))) {
            Thread answering = new Thread(() -> answer(server, answers), "strange-registry");
            answering.setDaemon(true);
            answering.start();
            int[] id = {0};
            Campaign.run("registry, on the socket", 40, 0.000_05, 64 << 20, random -> {
                answers.clear();
                answers.add(onTheWire(random));
                return outcome(0, () -> client.schemaById(++id[0]));
            });
        }
    }

    private static byte[] onTheWire(Random random) {
        byte[] head = random.nextBoolean()
                ? "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(UTF_8)
                : Tokens.of(HEAD).broken(random, Tokens.of(HEAD), HOSTILE_HEAD);
        byte[] body = Tokens.of(BODY).broken(random, Tokens.of(BODY), HOSTILE);
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static void answer(ServerSocket server, BlockingQueue<byte[]> answers) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[8_192]);
                byte[] answer = answers.poll();
                if (answer != null) {
                    socket.getOutputStream().write(answer);
                }
            } catch (java.io.IOException hungUp) {
                // the client has had enough, or the test is over
            }
        }
    }

    private interface Asking {
        String answer();
    }

    private static String outcome(int status, Asking asking) {
        try {
            return asking.answer().isEmpty() ? "empty schema" : "schema";
        } catch (RegistryException e) {
            assertThat(e.getMessage()).hasSizeLessThan(1_000).doesNotContainPattern("\\p{Cntrl}");
            boolean isForWaiting = e instanceof RegistryException.Unavailable;
            assertThat(status == 0 || isForWaiting == (status >= 500 || status == 429 || status == 408))
                    .as("%s: %s", status, e)
                    .isTrue();
            return e.getClass().getSimpleName();
        }
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
    }
}
