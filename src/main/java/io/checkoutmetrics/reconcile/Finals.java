package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.window.Slices;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes down finals of one side: of the shortest interval alone, since longer ones are sums of it. Not for several threads. */
public final class Finals {
    private final Ledger ledger;
    private final Slices slices;
    private final Column checkouts;
    private final Column increments;
    private final Column hits;
    private final TreeSet<String> dimensions = new TreeSet<>();
    private final Set<Series> summedUp = new HashSet<>();
    private long taken;
    private long firstStartMs = Long.MAX_VALUE;
    private long lastEndMs = Long.MIN_VALUE;
    private @Nullable Duration otherLength;

    private Finals(Settings settings, Ledger ledger, Column checkouts, Column increments, Column hits) {
        this.ledger = ledger;
        this.slices = Rules.of(settings).slices();
        this.checkouts = checkouts;
        this.increments = increments;
        this.hits = hits;
    }

    /** What the feed counts to. */
    public static Finals counted(Settings settings, Ledger ledger) {
        return new Finals(settings, ledger, Column.COUNTED, Column.COUNTED_INCREMENTS, Column.COUNTED_HITS);
    }

    /** What the job has published. */
    public static Finals published(Settings settings, Ledger ledger) {
        return new Finals(settings, ledger, Column.PUBLISHED, Column.PUBLISHED_INCREMENTS, Column.PUBLISHED_HITS);
    }

    /** Takes the next one, in any order. */
    public void take(CheckoutInterval one) {
        long startMs = one.getStart().toEpochMilli();
        long endMs = one.getEnd().toEpochMilli();
        if (slices.startOf(startMs) != startMs || slices.endOf(startMs) != endMs) {
            otherLength = Duration.ofMillis(endMs - startMs);
            return;
        }
        taken++;
        firstStartMs = Math.min(firstStartMs, startMs);
        lastEndMs = Math.max(lastEndMs, endMs);
        Series series = new Series(one.getReportSuite(), one.getDimension(), one.getItem());
        dimensions.add(series.dimension());
        if (series.item().equals(Series.LOW_TRAFFIC)) {
            summedUp.add(series);
        }
        ledger.add(series, startMs, endMs, checkouts, one.getCheckouts());
        ledger.add(series, startMs, endMs, increments, one.getIncrements());
        Long received = one.getHits();
        if (received != null) {
            ledger.add(series, startMs, endMs, hits, received);
        }
        if (checkouts == Column.PUBLISHED) {
            ledger.add(series, startMs, endMs, Column.FINALS, 1);
        }
    }

    /** @throws InvalidSettingsException when there are finals, and all of another length than the settings say */
    public void requireComparable() {
        if (taken == 0 && otherLength != null) {
            throw new InvalidSettingsException(
                    "intervals: the finals are of " + otherLength + ", the settings say "
                            + Duration.ofMillis(slices.endOf(0) - slices.startOf(0))
                            + ". Give the settings of the job (--config), or --set intervals=… and intervals.zone as it has them.");
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return taken == 0;
    }

    /** Dimensions that have items in it. */
    TreeSet<String> dimensions() {
        return dimensions;
    }

    /** Items that sum up those of dimensions that have too many. */
    Set<Series> summedUp() {
        return summedUp;
    }

    /** Start of the first interval; of no use if there is none. */
    Instant first() {
        return Instant.ofEpochMilli(firstStartMs);
    }

    /** End of the last interval; of no use if there is none. */
    Instant last() {
        return Instant.ofEpochMilli(lastEndMs);
    }
}
