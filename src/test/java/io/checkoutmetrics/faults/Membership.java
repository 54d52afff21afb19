package io.checkoutmetrics.faults;

import java.util.Map;

/** How instances of the job belong to their group. */
enum Membership {
    /** Whoever is gone is replaced. */
    DYNAMIC("classic", Map.of()),
    /** Each has a name, under which it is expected back. */
    STATIC("static members", Map.of()),
    /** The brokers assign the work (KIP-1071). */
    STREAMS("`kafka.group.protocol=streams`", Map.of("kafka.group.protocol", "streams"));

    private final String words;
    private final Map<String, String> settings;

    Membership(String words, Map<String, String> settings) {
        this.words = words;
        this.settings = settings;
    }

    String words() {
        return words;
    }

    /** Of every instance. */
    Map<String, String> settings() {
        return settings;
    }
}
