package io.checkoutmetrics.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP connection's way between a client and a server on 127.0.0.1, on which things go wrong when told to. What is held
 * is not lost: like packets sent again by TCP it arrives when the way is free, if somebody still listens.
 */
final class Proxy implements AutoCloseable {
    /** Seen from the client. */
    enum Way {
        TO_SERVER,
        FROM_SERVER
    }

    private static final int CONNECT_WITHIN_MS = 2_000;
    private static final int BUFFER = 16 << 10;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final EnumSet<Way> held = EnumSet.noneOf(Way.class);
    private volatile boolean isCut;
    private volatile boolean isClosed;
    private volatile Duration delay = Duration.ZERO;

    private Proxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /**
     * @param port to listen on, 0 for a free one
     * @param target port of the server
     */
    static Proxy listen(int port, int target) {
        try {
            Proxy proxy = new Proxy(new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1")), target);
            background("proxy-" + proxy.port(), proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ends all connections, and every new one at once. */
    void cut() {
        isCut = true;
        endAll();
    }

    /** Lets nothing through on these ways, though connections seem to live. */
    synchronized void hold(Set<Way> ways) {
        held.addAll(ways);
    }

    /** Everything takes so much longer from here on. */
    void delay(Duration each) {
        delay = each;
    }

    /** From here on all is well. */
    void heal() {
        isCut = false;
        delay = Duration.ZERO;
        synchronized (this) {
            held.clear();
            notifyAll();
        }
    }

    private void accept() {
        while (!isClosed) {
            try {
                Socket client = listening.accept();
                if (isCut) {
                    client.close();
                } else {
                    background("proxy-connect", () -> connect(client));
                }
            } catch (IOException e) {
                // closed, or the client is gone already
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            server.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), target), CONNECT_WITHIN_MS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            background("proxy-to", () -> pump(client, server, Way.TO_SERVER));
            background("proxy-from", () -> pump(server, client, Way.FROM_SERVER));
            if (isCut || isClosed) { // cut meanwhile
                end(client, server);
            }
        } catch (IOException e) {
            end(client, server);
        }
    }

    private void pump(Socket from, Socket to, Way way) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int bytes = from.getInputStream().read(buffer);
                    bytes >= 0;
                    bytes = from.getInputStream().read(buffer)) {
                awaitFree(way, from);
                LockSupport.parkNanos(delay.toNanos());
                to.getOutputStream().write(buffer, 0, bytes);
            }
        } catch (IOException e) {
            // ended by one side, or by a cut
        } finally {
            end(from, to);
        }
    }

    private synchronized void awaitFree(Way way, Socket connection) throws IOException {
        while (held.contains(way) && !connection.isClosed()) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private void end(Closeable... sockets) {
        for (Closeable socket : sockets) {
            open.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                // it is of no more use in any case
            }
        }
    }

    private synchronized void endAll() {
        open.forEach(this::end);
        notifyAll();
    }

    @Override
    public void close() {
        isClosed = true;
        end(listening);
        endAll();
    }

    private static void background(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
