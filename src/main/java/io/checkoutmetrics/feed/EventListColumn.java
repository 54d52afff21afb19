package io.checkoutmetrics.feed;

/**
 * A data feed's event list, {@code 11,284=7.00,1:ABC}, as the events string a hit carries,
 * {@code scCheckout,event85=7,purchase:ABC}.
 *
 * <ul>
 *   <li>Values and IDs stay as they are, but for whole numbers written with decimals, as the feed does: 7.00 is 7.
 *   <li>{@code ^} escapes {@code , ; = ^} (Adobe, "Special characters in data feeds"). The events string cannot carry
 *       an escaped comma or equals sign, so these become {@code _}: data never turns into another event.
 * </ul>
 */
final class EventListColumn {
    private final EventNames names;

    EventListColumn(EventNames names) {
        this.names = names;
    }

    String toEvents(String list) {
        if (list.isEmpty()) {
            return "";
        }
        String plain = list.indexOf('^') < 0 ? list : withoutEscapes(list);
        StringBuilder events = new StringBuilder(plain.length() + 16);
        int start = 0;
        while (start <= plain.length()) {
            int comma = plain.indexOf(',', start);
            int end = comma < 0 ? plain.length() : comma;
            appendItem(plain.substring(start, end).strip(), events);
            start = end + 1;
        }
        return events.toString();
    }

    private void appendItem(String item, StringBuilder events) {
        if (item.isEmpty()) {
            return;
        }
        if (events.length() > 0) {
            events.append(',');
        }
        int nameEnd = endOfName(item);
        events.append(names.nameOf(item.substring(0, nameEnd)));
        if (nameEnd < item.length() && item.charAt(nameEnd) == '=') {
            int colon = item.indexOf(':', nameEnd);
            int valueEnd = colon < 0 ? item.length() : colon;
            events.append('=').append(wholeNumber(item.substring(nameEnd + 1, valueEnd)));
            nameEnd = valueEnd;
        }
        events.append(item, nameEnd, item.length());
    }

    private static int endOfName(String item) {
        int i = 0;
        while (i < item.length() && item.charAt(i) != '=' && item.charAt(i) != ':') {
            i++;
        }
        return i;
    }

    /** {@code 7.00} as {@code 7}; anything else as it is. */
    private static String wholeNumber(String value) {
        int point = value.indexOf('.');
        if (point <= 0 || point == value.length() - 1) {
            return value;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean expected = i < point ? c >= '0' && c <= '9' : i == point || c == '0';
            if (!expected) {
                return value;
            }
        }
        return value.substring(0, point);
    }

    private static String withoutEscapes(String list) {
        StringBuilder plain = new StringBuilder(list.length());
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            char next = i + 1 < list.length() ? list.charAt(i + 1) : ' ';
            if (c == '^' && (next == ',' || next == '=')) {
                plain.append('_');
                i++;
            } else if (c == '^' && (next == ';' || next == '^')) {
                plain.append(next);
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
