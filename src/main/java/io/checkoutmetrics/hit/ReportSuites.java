package io.checkoutmetrics.hit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The report suites met so far, so that a hit of a known one allocates nothing. Remembers at most {@value #MAX_KNOWN};
 * further ones work as well, but are made anew for
 * every hit. Looking one up takes a bounded number of steps, whatever the suites are called. Meant for one thread.
 */
final class ReportSuites {
    static final int MAX_KNOWN = 2_048;

    private static final int SLOTS = 2 * MAX_KNOWN;
    private static final int MAX_PROBES = 16;
    private static final int MAX_BYTES = 255;

    private final Set<String> allowed;
    private final @Nullable Entry[] slots = new @Nullable Entry[SLOTS];
    private int known;

    /** A valid report suite and the readings that its hits share. */
    static final class Entry {
        private final byte[] bytes;
        final String name;
        final Reading.NoCheckout noCheckout;
        final Reading.NoCheckout nearMiss;

        private Entry(byte[] bytes) {
            this.bytes = bytes;
            name = new String(bytes, UTF_8);
            noCheckout = new Reading.NoCheckout(name, false);
            nearMiss = new Reading.NoCheckout(name, true);
        }
    }

    /** @param allowed the only valid report suites; empty: all are */
    ReportSuites(Set<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * The report suite that {@code [from, to)} names; throws {@link BadHit} where it is none that hits are accepted
     * from.
     */
    Entry find(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            Entry entry = slots[slot];
            if (entry == null) {
                return admit(bytes, from, to, slot);
            }
            if (Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, from, to)) {
                return entry;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return make(bytes, from, to);
    }

    private Entry admit(byte[] bytes, int from, int to, int slot) {
        Entry entry = make(bytes, from, to);
        if (known < MAX_KNOWN) {
            slots[slot] = entry;
            known++;
        }
        return entry;
    }

    private Entry make(byte[] bytes, int from, int to) {
        if (from == to) {
            throw BadHit.NO_SUITE;
        }
        if (to - from > MAX_BYTES) {
            throw BadHit.LONG_SUITE;
        }
        if (!Utf8.isValid(bytes, from, to)) {
            throw BadHit.NOT_UTF8;
        }
        Entry entry = new Entry(Arrays.copyOfRange(bytes, from, to));
        if (!allowed.isEmpty() && !allowed.contains(entry.name)) {
            throw BadHit.FOREIGN_SUITE;
        }
        return entry;
    }
}
