package io.checkoutmetrics.http;

import java.util.Map;

/**
 * What the JDK's server takes from system properties, once, when the first of its classes is loaded. Those that a user
 * set stay. Without them a client may keep any number of connections open, which are files to the process, and state
 * stores need files as well.
 *
 * <p>There is a property for the time that an answer may take, too; it stays unset, since it would end streams.
 */
final class ServerProperties {
    private static final Map<String, String> VALUES = Map.of(
            "jdk.httpserver.maxConnections", "256",
            "sun.net.httpserver.maxReqTime", "10", // seconds
            "sun.net.httpserver.idleInterval", "30", // seconds
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "sun.net.httpserver.nodelay", "true"); // else small answers wait for an acknowledgement

    private ServerProperties() {}

    /** To be called before the process serves HTTP for the first time. */
    static void set() {
        VALUES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
