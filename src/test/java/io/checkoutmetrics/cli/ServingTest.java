package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.http.ListenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Probes are answered whoever else is there. */
class ServingTest {
    private static final int CROWD = 300;
    private static final String ANY_PORT = "127.0.0.1:0";

    private static Serving serving(String probes) {
        Settings settings = new SettingsSource()
                .set("http.listen", ANY_PORT)
                .set("http.probes.listen", probes)
                .read();
        return Serving.begin(settings, Clock.systemUTC());
    }

    private static int statusOf(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void crowdThatHoldsEveryConnection_doesNotKeepProbesFromBeingAnswered() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (Serving serving = serving(ANY_PORT)) {
            URI page = URI.create(serving.url().orElseThrow());
            for (int i = 0; i < CROWD; i++) {
                crowd.add(new Socket(InetAddress.getByName(page.getHost()), page.getPort()));
            }
            String probes = serving.probesUrl().orElseThrow();
            assertThat(statusOf(probes + "/livez")).isEqualTo(200);
            assertThat(statusOf(probes + "/readyz")).isEqualTo(503);
            assertThat(statusOf(probes + "/metrics")).isEqualTo(404);
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void portForProbesThatIsTaken_isToldUnderItsOwnName() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String taken = "127.0.0.1:" + other.getLocalPort();
            assertThatThrownBy(() -> serving(taken).close())
                    .isInstanceOf(ListenException.class)
                    .hasMessageStartingWith("http.probes.listen: cannot listen on " + taken)
                    .hasMessageContaining("set http.probes.listen to another port");
        }
    }
}
