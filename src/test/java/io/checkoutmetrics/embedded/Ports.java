package io.checkoutmetrics.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that something can be told to listen on, again and again: below those that the system gives to outgoing connections,
 * one of which could take the port while nobody listens, even by connecting to itself. None is given twice, not even by
 * several JVMs that run tests at the same time: each has a number ({@code -Dfork}), and a range of its own.
 */
public final class Ports {
    private static final int LOWEST = 20_000;
    private static final int RANGES = 4;
    private static final int RANGE = 2_500;
    private static final int FIRST = LOWEST + Integer.getInteger("fork", 0) % RANGES * RANGE;
    private static final int LAST = FIRST + RANGE;
    private static final int TRIES = 100;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                if (GIVEN.add(port)) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                // taken
            }
        }
        throw new IllegalStateException("no port is free between " + FIRST + " and " + LAST);
    }
}
