package io.checkoutmetrics.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
    private static final int PATIENCE_MS = 10_000;
    private static final int SOON_MS = 200;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket echo;

    @SuppressWarnings("NullAway.Init")
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::answer, "echo");
        thread.setDaemon(true);
        thread.start();
        proxy = Proxy.listen(0, echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private void answer() {
        while (!echo.isClosed()) {
            try (Socket client = echo.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                // cut
            }
        }
    }

    private Socket connected(int timeoutMs) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), proxy.port());
        socket.setSoTimeout(timeoutMs);
        return socket;
    }

    @Test
    void healthyWay_bringsBytesBothWays() throws IOException {
        try (Socket socket = connected(PATIENCE_MS)) {
            socket.getOutputStream().write(42);
            assertThat(socket.getInputStream().read()).isEqualTo(42);
        }
    }

    @Test
    void cutWay_endsConnections_andRefusesNewOnes_untilHealed() throws IOException {
        try (Socket socket = connected(PATIENCE_MS)) {
            socket.getOutputStream().write(42);
            assertThat(socket.getInputStream().read()).isEqualTo(42);
            proxy.cut();
            await().until(() -> isOver(socket));
        }
        try (Socket socket = connected(PATIENCE_MS)) {
            await().until(() -> isOver(socket));
        }
        proxy.heal();
        healthyWay_bringsBytesBothWays();
    }

    private static boolean isOver(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void heldWay_bringsNothing_andEverythingOnceItIsHealed() throws IOException {
        for (Proxy.Way way : Proxy.Way.values()) {
            try (Socket socket = connected(SOON_MS)) {
                proxy.hold(EnumSet.of(way));
                socket.getOutputStream().write(42);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                proxy.heal();
                socket.setSoTimeout(PATIENCE_MS);
                assertThat(socket.getInputStream().read()).isEqualTo(42);
            }
        }
    }
}
