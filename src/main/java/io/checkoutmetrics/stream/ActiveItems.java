package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.metric.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a dimension count by themselves in one shard: so many of a report suite, the first that come. All others
 * are summed up under {@link Series#LOW_TRAFFIC}, until one of them has been silent for twice the longest window and so is gone
 * from every window. {@link CheckoutHit#NONE}, {@link CheckoutHit#INVALID} and {@link CheckoutHit#MORE} always count, and beside the others.
 *
 * <p>Time goes in steps, a sixteenth of that long, by when checkouts were received, in whose order they have to be asked
 * for: so every replay decides alike, and the store is written to once for each item and step. What is on the heap is a
 * copy of it, which may be forgotten at any time.
 */
final class ActiveItems {
    private static final String LOW_TRAFFIC = Series.LOW_TRAFFIC;
    private static final Set<String> ALWAYS = Set.of(CheckoutHit.NONE, CheckoutHit.INVALID, CheckoutHit.MORE);

    private static final int STEPS = 16;
    private static final int SILENT_AT_ONCE = 10_000;
    private static final long NEVER = Long.MIN_VALUE / 2;
    /** No item is empty, so what is stored under that name is of the dimension itself. */
    private static final String ITSELF = "";

    private final KeyValueStore<Bytes, byte[]> store;
    private final long most;
    private final long stepMs;
    private final int mostInMemory;
    private final Map<String, Map<String, Dimension>> bySuite = new HashMap<>();
    private int inMemory;

    /**
     * @param most items of a report suite and dimension that count by themselves, at least 1
     * @param silentMs after so long without a checkout an item makes room
     * @param mostInMemory items of all dimensions on the heap
     */
    ActiveItems(KeyValueStore<Bytes, byte[]> store, long most, long silentMs, int mostInMemory) {
        this.store = store;
        this.most = most;
        this.stepMs = Math.max(1, silentMs / STEPS);
        this.mostInMemory = mostInMemory;
    }

    /** The same checkout where all its items count by themselves, else with {@link Series#LOW_TRAFFIC}, once in each dimension, in place of those that don't. */
    Checkout summedUp(Checkout checkout) {
        List<DimensionItem> items = checkout.hit().dimensionItems();
        List<DimensionItem> others = null;
        for (int i = 0; i < items.size(); i++) {
            DimensionItem one = items.get(i);
            Dimension dimension = dimension(checkout.hit().reportSuite(), one.dimension());
            if (dimension.admits(one.item(), checkout.recordTimeMs())) {
                if (others != null) {
                    others.add(one);
                }
                continue;
            }
            others = others == null ? new ArrayList<>(items.subList(0, i)) : others;
            DimensionItem sum = new DimensionItem(one.dimension(), LOW_TRAFFIC);
            if (!others.contains(sum)) {
                others.add(sum);
            }
        }
        return others == null ? checkout : checkout.withDimensionItems(others);
    }

    /** Whether items of the same dimension were summed up lately. */
    boolean isSummedUp(Series series) {
        return !series.isTotal()
                && dimension(series.reportSuite(), series.dimension()).isSummingUp();
    }

    private Dimension dimension(String suite, String name) {
        Map<String, Dimension> ofSuite = bySuite.get(suite);
        if (ofSuite == null) {
            ofSuite = new HashMap<>();
            bySuite.put(suite, ofSuite);
        }
        Dimension dimension = ofSuite.get(name);
        if (dimension == null) {
            dimension = new Dimension(suite, name);
            ofSuite.put(name, dimension);
        }
        return dimension;
    }

    /** The step of its last checkout. */
    private static final class Activity {
        private long step;

        Activity(long step) {
            this.step = step;
        }
    }

    /** Items of one dimension of a report suite. */
    private final class Dimension {
        private final byte[] prefix;
        private final Map<String, Activity> known = new HashMap<>();
        private long step = NEVER;
        private long summedUpAtStep = NEVER;
        private long admitted;

        Dimension(String suite, String name) {
            prefix = new BinaryWriter().text(suite).text(name).toBytes();
            byte[] stored = store.get(key(ITSELF));
            if (stored != null) {
                BinaryReader in = new BinaryReader(stored);
                step = in.number();
                summedUpAtStep = in.number();
                admitted = in.number();
            }
        }

        private Bytes key(String item) {
            return Bytes.wrap(new BinaryWriter().bytes(prefix).text(item).toBytes());
        }

        boolean isSummingUp() {
            return summedUpAtStep != NEVER && step - summedUpAtStep <= STEPS;
        }

        boolean admits(String item, long receivedMs) {
            long now = receivedMs / stepMs;
            if (now > step) {
                step = now;
                forgetSilent();
                putItself();
            }
            Activity activity = known.get(item);
            if (activity == null) {
                if (ALWAYS.contains(item)) {
                    return true;
                }
                if (item.equals(LOW_TRAFFIC)) {
                    return false; // somebody calls an item so: it is summed up with them, and takes no room
                }
                activity = find(item);
                if (activity == null) {
                    return admitsAnother(item);
                }
            }
            if (activity.step < step) {
                activity.step = step;
                put(item);
            }
            return true;
        }

        private @Nullable Activity find(String item) {
            byte[] stored = store.get(key(item));
            if (stored == null) {
                return null;
            }
            Activity activity = new Activity(new BinaryReader(stored).number());
            remember(item, activity);
            return activity;
        }

        private boolean admitsAnother(String item) {
            if (admitted >= most) {
                if (summedUpAtStep < step) {
                    summedUpAtStep = step;
                    putItself();
                }
                return false;
            }
            admitted++;
            putItself();
            put(item);
            remember(item, new Activity(step));
            return true;
        }

        private void remember(String item, Activity activity) {
            if (inMemory >= mostInMemory) {
                bySuite.values().forEach(suite -> suite.values().forEach(one -> one.known.clear()));
                inMemory = 0;
            }
            known.put(item, activity);
            inMemory++;
        }

        private void put(String item) {
            store.put(key(item), new BinaryWriter().number(step).toBytes());
        }

        private void putItself() {
            store.put(
                    key(ITSELF),
                    new BinaryWriter()
                            .number(step)
                            .number(summedUpAtStep)
                            .number(admitted)
                            .toBytes());
        }

        /** Those that have been silent for longer than all steps make room, in one step, though not all of them on the heap at once. */
        private void forgetSilent() {
            Bytes from = Bytes.wrap(prefix);
            Bytes end = Bytes.increment(from);
            List<Bytes> silent;
            do {
                silent = silentFrom(from, end);
                silent.forEach(store::delete);
                admitted -= silent.size();
                from = silent.isEmpty() ? end : silent.get(silent.size() - 1);
            } while (silent.size() == SILENT_AT_ONCE);
            inMemory -= known.size();
            known.values().removeIf(activity -> step - activity.step > STEPS);
            inMemory += known.size();
        }

        private List<Bytes> silentFrom(Bytes from, Bytes end) {
            List<Bytes> silent = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> items = store.range(from, end)) {
                while (silent.size() < SILENT_AT_ONCE && items.hasNext()) {
                    KeyValue<Bytes, byte[]> item = items.next();
                    boolean isItself = item.key.get().length == prefix.length + 1;
                    if (!isItself && step - new BinaryReader(item.value).number() > STEPS) {
                        silent.add(item.key);
                    }
                }
            }
            return silent;
        }
    }
}
