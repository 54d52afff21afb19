package io.checkoutmetrics.oracle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One qualifying item of an events string, {@code name[=value][:id]}.
 *
 * @param name the event's name, exactly as configured
 * @param increment the value, 1 where there is none; null: the value is no increment
 * @param id the event ID, its first 20 bytes; null: no ID, or none that can identify
 * @param idRejected whether there is an ID that cannot identify
 */
record EventItem(
        String name, @Nullable Long increment, @Nullable String id, boolean idRejected) {

    private static final int ID_BYTES = 20;

    /** The qualifying items in the order of the string, without those whose value is zero. */
    static List<EventItem> of(String events, Rules rules) {
        List<EventItem> items = new ArrayList<>();
        for (String token : events.split(",", -1)) {
            String item = trimmed(token);
            if (rules.checkoutEvents().contains(nameOf(item))) {
                EventItem parsed = parsed(item, rules);
                if (parsed.increment == null || parsed.increment != 0) {
                    items.add(parsed);
                }
            }
        }
        return items;
    }

    /** Whether an item would qualify if names were not case-sensitive, but doesn't. */
    static boolean hasNearMiss(String events, Rules rules) {
        for (String token : events.split(",", -1)) {
            String name = nameOf(trimmed(token));
            if (!rules.checkoutEvents().contains(name)
                    && rules.checkoutEvents().stream().anyMatch(name::equalsIgnoreCase)) {
                return true;
            }
        }
        return false;
    }

    private static EventItem parsed(String item, Rules rules) {
        int colon = item.indexOf(':');
        String beforeId = colon < 0 ? item : item.substring(0, colon);
        int equals = beforeId.indexOf('=');
        Long increment = equals < 0 ? Long.valueOf(1) : increment(beforeId.substring(equals + 1), rules);
        if (colon < 0) {
            return new EventItem(nameOf(item), increment, null, false);
        }
        Optional<String> id = id(item.substring(colon + 1));
        return new EventItem(nameOf(item), increment, id.orElse(null), id.isEmpty());
    }

    private static String nameOf(String item) {
        int end = 0;
        while (end < item.length() && item.charAt(end) != '=' && item.charAt(end) != ':') {
            end++;
        }
        return item.substring(0, end);
    }

    private static @Nullable Long increment(String value, Rules rules) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        BigInteger number = new BigInteger(value);
        return number.compareTo(BigInteger.valueOf(rules.maxIncrement())) > 0 ? null : Long.valueOf(number.longValue());
    }

    private static Optional<String> id(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, ID_BYTES); i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!alphanumeric) {
                return Optional.empty();
            }
            id.append(c);
        }
        return id.isEmpty() ? Optional.empty() : Optional.of(id.toString());
    }

    /** Without the ASCII spaces and tabs around it, and only those. */
    private static String trimmed(String token) {
        int start = 0;
        int end = token.length();
        while (start < end && isBlank(token.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(token.charAt(end - 1))) {
            end--;
        }
        return token.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
