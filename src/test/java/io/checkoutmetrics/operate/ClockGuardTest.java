package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.registry.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockGuardTest {
    private final List<String> said = new ArrayList<>();
    private volatile Duration registrysIsAhead = Duration.ZERO;
    private ServerSocket server;
    private RegistryClient registry;

    /** The JDK's server writes the date by itself, so this one is made by hand. */
    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        registry = RegistryClient.of(
                Map.of("schema.registry.url", "http://127.0.0.1:" + server.getLocalPort(), "max.retries", "0"));
        Thread serving = new Thread(this::serve, "registry-of-another-time");
        serving.setDaemon(true);
        serving.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().read(new byte[4_096]);
                String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plus(registrysIsAhead));
                client.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nDate: " + date
                                        + "\r\nConnection: close\r\nContent-Length: 8\r\n\r\n[\"AVRO\"]")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
        server.close();
    }

    @Test
    void clockThatDiffersFromTheRegistrys_isSaidOnce_andWhenItIsOver() {
        try (ClockGuard guard = new ClockGuard(registry, said::add)) {
            assertThat(guard.aheadSeconds()).isNaN();
            guard.look();
            assertThat(said).isEmpty();
            registrysIsAhead = Duration.ofMinutes(-10);
            guard.look();
            guard.look();
            assertThat(said)
                    .singleElement()
                    .asString()
                    .matches("clock: this machine's is (59[0-9]|600) s ahead of the schema registry's\\..*");
            assertThat(guard.aheadSeconds()).isCloseTo(600, within(10.0));
            registrysIsAhead = Duration.ZERO;
            guard.look();
            assertThat(said).last().isEqualTo("clock: agrees with the schema registry's again");
            assertThat(guard.aheadSeconds()).isCloseTo(0, within(5.0));
        }
    }

    @Test
    void check_warnsOfAClockThatIsBehind() {
        registrysIsAhead = Duration.ofMinutes(10);
        List<Finding> findings = new RegistryCheck(registry, new SettingsSource().read()).findings();
        assertThat(findings)
                .filteredOn(Finding::isWarning)
                .singleElement()
                .extracting(Finding::line)
                .asString()
                .contains("s behind the schema registry's", "hits of the future", "Set the one right");
    }
}
