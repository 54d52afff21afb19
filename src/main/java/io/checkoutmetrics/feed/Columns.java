package io.checkoutmetrics.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The names of a data feed's columns, in the order of the fields. Names are compared without case. */
final class Columns {
    /** What {@link #first} answers when there is no such column. */
    static final int ABSENT = -1;

    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();

    Columns(List<String> names) {
        this.names = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (int i = 0; i < names.size(); i++) {
            positions.putIfAbsent(this.names.get(i), i);
        }
    }

    /** The row as column names; the reader's current line must be a header. */
    static Columns of(Row row) {
        return new Columns(
                IntStream.range(0, row.columns()).mapToObj(row::field).toList());
    }

    int size() {
        return names.size();
    }

    /** Position of the first of these columns that the feed has, else {@link #ABSENT}. */
    int first(String... wanted) {
        for (String name : wanted) {
            Integer position = positions.get(name);
            if (position != null) {
                return position;
            }
        }
        return ABSENT;
    }

    /** Position of {@code post_name}, else of {@code name}: the value after processing where the feed has it. */
    int post(String name) {
        return first("post_" + name, name);
    }

    boolean has(String name) {
        return positions.containsKey(name);
    }

    /** Whether the row repeats these names: a header inside a data file. */
    boolean areNamedBy(Row row) {
        if (row.columns() != names.size()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!row.field(i).strip().equalsIgnoreCase(names.get(i))) {
                return false;
            }
        }
        return true;
    }
}
