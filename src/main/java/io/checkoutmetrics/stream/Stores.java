package io.checkoutmetrics.stream;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores by name, all but one kept in a compacted changelog topic {@code <application.id>-<name>-changelog}. */
final class Stores {
    /** Stage 1: hits and time of a partition not yet passed on. See {@link Arrivals}. */
    static final String ARRIVALS = "arrivals";
    /** Stage 2: watermarks of the input partitions. See {@link SourceProgress}. */
    static final String RECEIVED = "received";
    /** Stage 2: checkouts not yet judged. See {@link PendingCheckouts}. */
    static final String PENDING = "pending";
    /** Stage 2: what was counted. See {@link SeenIdentities}. */
    static final String SEEN = "seen";
    /** Stage 2: items that count by themselves. See {@link ActiveItems}. */
    static final String ITEMS = "items";
    /** Stage 3: watermarks of the shards. See {@link SourceProgress}. */
    static final String COUNTED = "counted";
    /** Stage 3: slices and running sums by series. See {@link SeriesStore}. */
    static final String SERIES = "series";
    /** Stage 3: who made the checkouts of each series. See {@link VisitorStore}. */
    static final String VISITORS = "visitors";
    /** Stage 3: what is to be done next for very many series; made anew from them, so not logged. See {@link Agenda}. */
    static final String AGENDA = "agenda";
    /** Stage 3: what is usual for watched series, and how they go; only with alerts. See {@link WatchedSeries}. */
    static final String WATCHED = "watched";

    /** By stage, what tells the processor of commits. See {@link BeforeCommit}. */
    static final String RECOGNISE_COMMITS = "recognise-commits";

    static final String COUNT_ONCE_COMMITS = "count-once-commits";
    static final String ROLL_COMMITS = "roll-commits";

    private static final Set<String> WITHOUT_CHANGELOG =
            Set.of(AGENDA, RECOGNISE_COMMITS, COUNT_ONCE_COMMITS, ROLL_COMMITS);

    private static final Set<String> DISPENSABLE = Set.of(VISITORS, ITEMS, WATCHED);

    private Stores() {}

    static boolean isLogged(String name) {
        return !WITHOUT_CHANGELOG.contains(name);
    }

    static boolean holdsCounts(String name) {
        return name.equals(SEEN) || name.equals(SERIES);
    }

    /** Without what was in it, every checkout still counts once: what else it held is null, or learned anew. */
    static boolean isDispensable(String name) {
        return DISPENSABLE.contains(name);
    }

    static Set<StoreBuilder<?>> ofRecognise() {
        return Set.of(logged(ARRIVALS), BeforeCommit.builder(RECOGNISE_COMMITS));
    }

    static Set<StoreBuilder<?>> ofCountOnce() {
        return Set.of(
                logged(RECEIVED),
                logged(PENDING),
                logged(SEEN),
                logged(ITEMS),
                BeforeCommit.builder(COUNT_ONCE_COMMITS));
    }

    /** @param alerts whether any series is watched */
    static Set<StoreBuilder<?>> ofRoll(boolean alerts) {
        Set<StoreBuilder<?>> stores = new HashSet<>(Set.of(
                logged(COUNTED),
                logged(SERIES),
                logged(VISITORS),
                store(AGENDA).withLoggingDisabled(),
                BeforeCommit.builder(ROLL_COMMITS)));
        if (alerts) {
            stores.add(logged(WATCHED));
        }
        return stores;
    }

    /**
     * Without the engine's cache: what changes often or is soon gone is kept in objects until a commit, see {@link
     * BeforeCommit}.
     */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> logged(String name) {
        return store(name).withLoggingEnabled(Map.of());
    }

    /**
     * What is iterated over must be known to be whole. Of what was seen each entry is asked for by itself, which fails where
     * it is damaged; verifying it would take minutes, for it is larger than all others together.
     */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                name.equals(SEEN)
                        ? org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name)
                        : VerifiedStore.supplier(name, isLogged(name)),
                Serdes.Bytes(),
                Serdes.ByteArray());
    }
}
