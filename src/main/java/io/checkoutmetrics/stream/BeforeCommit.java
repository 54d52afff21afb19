package io.checkoutmetrics.stream;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Tells a processor that the engine is about to commit: what it has only in memory it must write to its stores now. So a
 * processor works on objects, and what comes and goes between two commits costs neither a store nor a changelog.
 *
 * <p>To the engine it is a store with a cache, and holds nothing. The engine flushes its caches before a commit through
 * an interface that is not part of its public ones, and there is no other way to hear of a commit in time.
 */
final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {
    private final String name;
    private Runnable write = () -> {};
    private boolean isOpen;

    BeforeCommit(String name) {
        this.name = name;
    }

    static StoreBuilder<BeforeCommit> builder(String name) {
        return new Builder(name);
    }

    /** From now on, that is to be done before a commit instead of what was to be done so far. */
    void run(Runnable writing) {
        write = writing;
    }

    @Override
    public void flushCache() {
        write.run();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        isOpen = true;
    }

    @Override
    public void close() {
        isOpen = false;
        write = () -> {};
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void clearCache() {}

    private record Builder(String name) implements StoreBuilder<BeforeCommit> {
        @Override
        public BeforeCommit build() {
            return new BeforeCommit(name);
        }

        @Override
        public StoreBuilder<BeforeCommit> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
