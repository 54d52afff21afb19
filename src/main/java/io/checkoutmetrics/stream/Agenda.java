package io.checkoutmetrics.stream;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** When each series is to be looked at next, in the order of time, then key. */
final class Agenda {
    /** A series is to be looked at then. */
    record Entry(long timeMs, Bytes key) {}

    private final TreeSet<Entry> entries =
            new TreeSet<>(Comparator.comparingLong(Entry::timeMs).thenComparing(Entry::key));

    private final Map<Bytes, Entry> byKey = new HashMap<>();

    /** {@code Long.MAX_VALUE} is never. */
    void set(Bytes key, long timeMs) {
        Entry before = byKey.get(key);
        if (before != null) {
            if (before.timeMs == timeMs) {
                return;
            }
            entries.remove(before);
        }
        if (timeMs == Long.MAX_VALUE) {
            byKey.remove(key);
        } else {
            Entry entry = new Entry(timeMs, before == null ? key : before.key);
            byKey.put(entry.key, entry);
            entries.add(entry);
        }
    }

    /** The first time a series is to be looked at. */
    OptionalLong firstMs() {
        return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.first().timeMs);
    }

    int size() {
        return byKey.size();
    }

    /** All series that are to be looked at some time. */
    Set<Bytes> keys() {
        return Set.copyOf(byKey.keySet());
    }

    /** Takes out what comes first, if it comes by then; else null. */
    @Nullable
    Entry takeUpTo(long timeMs) {
        if (entries.isEmpty() || entries.first().timeMs > timeMs) {
            return null;
        }
        Entry first = entries.pollFirst();
        byKey.remove(first.key);
        return first;
    }
}
