package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.Reading;
import io.checkoutmetrics.hit.Reason;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.stream.HitReaders;
import io.checkoutmetrics.stream.WriterSchemas;
import io.checkoutmetrics.window.Slices;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which checkouts the job has not counted because they came too late: its dead letters tell. One that does not
 * say itself when it happened cannot be put into an interval. Not for several threads.
 */
public final class LateToJob implements AutoCloseable {
    private static final Set<String> LATE = Set.of(Reason.LATE.text(), Reason.OUT_OF_ORDER.text());

    private final Ledger ledger;
    private final Slices slices;
    private final Settings settings;
    private final WriterSchemas schemas;
    private final HitReaders readers;
    private final Map<String, Long> others = new TreeMap<>();

    /** @param registry closed with this */
    public LateToJob(Settings settings, RegistryClient registry, Ledger ledger) {
        this.ledger = ledger;
        this.settings = settings;
        this.slices = Rules.of(settings).slices();
        this.schemas = new WriterSchemas(registry);
        this.readers = new HitReaders(schemas, settings.hits());
    }

    /**
     * Takes the next dead letter.
     *
     * @param reason from its headers
     */
    public void take(String reason, byte @Nullable [] value) {
        if (!LATE.contains(reason)) {
            others.merge(reason, 1L, Long::sum);
            return;
        }
        Reading reading = readers.read(value);
        if (reading instanceof CheckoutHit hit && hit.clientTimeMs().isPresent()) {
            long eventMs = hit.clientTimeMs().getAsLong();
            add(Series.total(hit.reportSuite()), eventMs);
            for (DimensionItem one : hit.dimensionItems()) {
                add(new Series(hit.reportSuite(), one.dimension(), one.item()), eventMs);
            }
        }
    }

    private void add(Series series, long eventMs) {
        ledger.add(series, slices.startOf(eventMs), slices.endOf(eventMs), Column.LATE_TO_JOB, 1);
    }

    /** How many dead letters there were of reasons that leave open to which interval they belong. */
    public Map<String, Long> others() {
        return others;
    }

    @Override
    public void close() {
        schemas.close();
    }
}
