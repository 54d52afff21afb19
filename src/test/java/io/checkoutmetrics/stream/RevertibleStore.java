package io.checkoutmetrics.stream;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store in memory that can be set back to the last commit. An iterator breaks when the store changes under it. */
class RevertibleStore implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final TreeMap<Bytes, byte[]> entries = new TreeMap<>();
    private final Map<Bytes, Optional<byte[]>> committed = new HashMap<>();

    RevertibleStore(String name) {
        this.name = name;
    }

    /** What is in the store now is what it can be set back to. */
    void commit() {
        committed.clear();
    }

    void revert() {
        committed.forEach(
                (key, value) -> value.ifPresentOrElse(before -> entries.put(key, before), () -> entries.remove(key)));
        committed.clear();
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        byte[] before = value == null ? entries.remove(key) : entries.put(key, value);
        committed.putIfAbsent(key, Optional.ofNullable(before));
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] before = entries.get(key);
        put(key, null);
        return before;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        NavigableMap<Bytes, byte[]> range = from == null ? entries : entries.tailMap(from, true);
        return new Entries(to == null ? range : range.headMap(to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Entries(entries);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw new UnsupportedOperationException("the job does not use it");
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> all) {
        throw new UnsupportedOperationException("the job does not use it");
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final Iterator<Map.Entry<Bytes, byte[]>> entries;
        private Map.@Nullable Entry<Bytes, byte[]> next;

        Entries(NavigableMap<Bytes, byte[]> entries) {
            this.entries = entries.entrySet().iterator();
            advance();
        }

        private void advance() {
            next = entries.hasNext() ? entries.next() : null;
        }

        private Map.Entry<Bytes, byte[]> peek() {
            Map.Entry<Bytes, byte[]> peeked = next;
            if (peeked == null) {
                throw new NoSuchElementException();
            }
            return peeked;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, byte[]> entry = peek();
            KeyValue<Bytes, byte[]> taken = KeyValue.pair(entry.getKey(), entry.getValue());
            advance();
            return taken;
        }

        @Override
        public Bytes peekNextKey() {
            return peek().getKey();
        }

        @Override
        public void close() {}
    }
}
