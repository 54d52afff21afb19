package io.checkoutmetrics.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/** A client that says exactly what it is told to, right or wrong. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;

    RawClient(HttpListener listener) {
        try {
            socket = new Socket(
                    InetAddress.getByName("127.0.0.1"),
                    URI.create(listener.url()).getPort());
            socket.setSoTimeout(PATIENCE_MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is answered to a request with these lines, until the server hangs up. */
    static String ask(HttpListener listener, String... lines) {
        try (RawClient client = new RawClient(listener)) {
            return client.say(String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    static String get(HttpListener listener, String path, String... headers) {
        String[] lines = new String[headers.length + 2];
        lines[0] = "GET " + path + " HTTP/1.1";
        lines[1] = "Host: localhost";
        System.arraycopy(headers, 0, lines, 2, headers.length);
        return ask(listener, lines);
    }

    RawClient say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Everything until the server hangs up, decently or not. */
    String rest() {
        StringBuilder text = new StringBuilder();
        try {
            for (int one = in().read(); one >= 0; one = in().read()) {
                text.append((char) one);
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the server neither answers nor hangs up: " + text, e);
        } catch (IOException e) {
            text.append("[reset]");
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
