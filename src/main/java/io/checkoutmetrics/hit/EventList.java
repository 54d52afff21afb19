package io.checkoutmetrics.hit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the qualifying events in an events string.
 *
 * <pre>{@code
 * events := item *( "," item )
 * item   := name [ "=" value ] [ ":" id ]
 * }</pre>
 *
 * <p>Names match whole and case-sensitively. ASCII space and tab around an item are ignored. A value is a decimal
 * integer; 0 omits the event. Of an ID the first 20
 * bytes are taken; they must be ASCII letters and digits, else the item counts without ID. Source: Adobe Analytics'
 * documentation of the {@code events} variable and of
 * event serialization.
 *
 * <p>Time is linear in the string's length. Immutable.
 */
public final class EventList {
    /** Flag of {@link #scan}: an event qualifies, if perhaps with an invalid value. */
    static final int QUALIFIES = 1;

    /** Flag of {@link #scan}: a name differs from a qualifying one only in case. */
    static final int NEAR_MISS = 2;

    private static final int NO_MATCH = -1;
    private static final int NEAR_MATCH = -2;
    private static final long INVALID_VALUE = -1;
    private static final int MAX_ID_BYTES = 20;

    private final String[] events;
    private final byte[][] names;
    private final boolean[] firstBytes = new boolean[256];
    private final long maxIncrement;

    /**
     * What is in an events string.
     *
     * @param items the qualifying items with a value from 1 to the largest believed, in order; of those with the same
     *     event and ID, the first
     * @param invalidEventIds how many qualifying items carry an invalid ID
     * @param nearMiss whether a name differs from a qualifying one only in case
     * @param invalidValueOf the event of the first qualifying item with an invalid value; null where there is none
     */
    public record Findings(
            List<Item> items,
            int invalidEventIds,
            boolean nearMiss,
            @Nullable String invalidValueOf) {
        public Findings {
            items = List.copyOf(items);
        }
    }

    private EventList(HitRules rules) {
        events = rules.checkoutEvents().toArray(new String[0]);
        names = new byte[events.length][];
        for (int i = 0; i < events.length; i++) {
            names[i] = events[i].getBytes(UTF_8);
            firstBytes[lower(names[i][0])] = true;
            firstBytes[upper(names[i][0])] = true;
        }
        maxIncrement = rules.maxIncrement();
    }

    /** Finds {@link HitRules#checkoutEvents()} with values up to {@link HitRules#maxIncrement()}. */
    public static EventList of(HitRules rules) {
        return new EventList(rules);
    }

    /** Reads a whole events string. */
    public Findings read(String eventsString) {
        byte[] bytes = eventsString.getBytes(UTF_8);
        return read(bytes, 0, bytes.length);
    }

    /** Whether {@code [from, to)} has a qualifying event or a near miss, as a sum of flags. Allocates nothing. */
    int scan(byte[] bytes, int from, int to) {
        int found = 0;
        int at = from;
        while (at < to) {
            byte first = bytes[at];
            if (isBlank(first)) {
                at++;
                continue;
            }
            int comma = comma(bytes, at, to);
            if (firstBytes[first & 0xFF]) {
                found |= judge(bytes, at, trimmed(bytes, at, comma));
            }
            at = comma + 1;
        }
        return found;
    }

    private int judge(byte[] bytes, int from, int to) {
        int nameEnd = nameEnd(bytes, from, to);
        int match = match(bytes, from, nameEnd);
        if (match == NEAR_MATCH) {
            return NEAR_MISS;
        }
        return match == NO_MATCH || value(bytes, nameEnd, valueEnd(bytes, nameEnd, to)) == 0 ? 0 : QUALIFIES;
    }

    /** Reads the events string {@code [from, to)}. */
    Findings read(byte[] bytes, int from, int to) {
        Collector found = new Collector();
        int at = from;
        while (at < to) {
            if (isBlank(bytes[at])) {
                at++;
                continue;
            }
            int comma = comma(bytes, at, to);
            int end = trimmed(bytes, at, comma);
            int nameEnd = nameEnd(bytes, at, end);
            int match = match(bytes, at, nameEnd);
            if (match == NEAR_MATCH) {
                found.nearMiss = true;
            } else if (match != NO_MATCH) {
                int valueEnd = valueEnd(bytes, nameEnd, end);
                found.add(events[match], value(bytes, nameEnd, valueEnd), bytes, valueEnd, end);
            }
            at = comma + 1;
        }
        return found.findings();
    }

    /** Index of the qualifying event named {@code [from, to)}. */
    private int match(byte[] bytes, int from, int to) {
        int match = NO_MATCH;
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i];
            if (name.length == to - from && equalsButCase(name, bytes, from)) {
                if (equals(name, bytes, from)) {
                    return i;
                }
                match = NEAR_MATCH;
            }
        }
        return match;
    }

    /**
     * The value {@code =digits} in {@code [from, to)}: 1 where there is none, {@link #INVALID_VALUE} where it isn't
     * from 0 to the largest believed.
     */
    private long value(byte[] bytes, int from, int to) {
        if (from == to) {
            return 1;
        }
        if (from + 1 == to) {
            return INVALID_VALUE;
        }
        long value = 0;
        for (int i = from + 1; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || value > Math.floorDiv(maxIncrement - digit, 10L)) {
                return INVALID_VALUE;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private static int comma(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != ',') {
            i++;
        }
        return i;
    }

    private static int trimmed(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && isBlank(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private static int nameEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '=' && bytes[i] != ':') {
            i++;
        }
        return i;
    }

    /** Where the value ends that may start at {@code from}: at the colon before the ID, or at the item's end. */
    private static int valueEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != ':') {
            i++;
        }
        return i;
    }

    private static boolean equalsButCase(byte[] name, byte[] bytes, int from) {
        for (int i = 0; i < name.length; i++) {
            if (lower(name[i]) != lower(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean equals(byte[] name, byte[] bytes, int from) {
        for (int i = 0; i < name.length; i++) {
            if (name[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xFF;
    }

    private static int upper(byte b) {
        return b >= 'a' && b <= 'z' ? b - ('a' - 'A') : b & 0xFF;
    }

    /** Gathers the items of one events string. */
    private static final class Collector {
        private final List<Item> items = new ArrayList<>(1);
        private @Nullable String invalidValueOf;
        private int invalidEventIds;
        private boolean nearMiss;

        /** @param colon where the ID's colon is, or {@code to} where there is no ID */
        void add(String event, long value, byte[] bytes, int colon, int to) {
            if (value == INVALID_VALUE) {
                invalidValueOf = invalidValueOf == null ? event : invalidValueOf;
                return;
            }
            if (value == 0) {
                return;
            }
            String id = colon < to ? id(bytes, colon + 1, to) : null;
            if (colon < to && id == null) {
                invalidEventIds++;
            }
            items.add(new Item(event, id, value));
        }

        private static @Nullable String id(byte[] bytes, int from, int to) {
            int end = Math.min(to, from + MAX_ID_BYTES);
            for (int i = from; i < end; i++) {
                int b = lower(bytes[i]);
                if ((b < 'a' || b > 'z') && (b < '0' || b > '9')) {
                    return null;
                }
            }
            return end == from ? null : new String(bytes, from, end - from, UTF_8);
        }

        Findings findings() {
            return new Findings(items, invalidEventIds, nearMiss, invalidValueOf);
        }
    }
}
