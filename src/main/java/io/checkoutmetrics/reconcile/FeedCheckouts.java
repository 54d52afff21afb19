package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.feed.HitBytes;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.EventTime;
import io.checkoutmetrics.hit.HitReader;
import io.checkoutmetrics.hit.Reading;
import io.checkoutmetrics.hit.Reason;
import io.checkoutmetrics.hit.UnusableSchemaException;
import io.checkoutmetrics.metric.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes down, hit by hit, which checkouts a feed has, and which of them no rule would count: what is left, without
 * duplicates, is what the job counts. Not for several threads.
 */
public final class FeedCheckouts {
    private final Rules rules;
    private final Ledger ledger;
    private final HitReader reader;
    private final HitBytes codec = new HitBytes();
    private final Set<String> reportSuites = new HashSet<>();
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;

    public FeedCheckouts(Settings settings, Ledger ledger) {
        this.rules = Rules.of(settings);
        this.ledger = ledger;
        try {
            reader = HitReader.of(Hit.getClassSchema(), rules.hits());
        } catch (UnusableSchemaException e) {
            throw new IllegalStateException("our own schema is usable", e);
        }
    }

    /** Takes the next hit. */
    public void take(ReceivedHit received) {
        firstMs = Math.min(firstMs, received.receivedMs());
        lastMs = Math.max(lastMs, received.receivedMs());
        Reading reading = read(received.hit());
        String suite = received.hit().getReportSuite();
        if (reading instanceof Reading.Unreadable) {
            return; // it has no report suite, or one that is not counted
        }
        reportSuites.add(suite);
        if (reading instanceof CheckoutHit hit) {
            judge(hit, received.receivedMs());
        } else if (reading instanceof Reading.Refused) {
            addTotal(suite, claimedMs(received), Column.REFUSED);
        } else if (reading instanceof Reading.Excluded) {
            exclude(received);
        }
    }

    private Reading read(Hit hit) {
        try {
            return reader.read(codec.encode(hit), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: bytes go to memory
        }
    }

    private void judge(CheckoutHit hit, long receivedMs) {
        EventTime happened = EventTime.of(hit.clientTimeMs(), receivedMs, rules.graceMs(), rules.maxFutureMs());
        if (happened instanceof EventTime.At at) {
            add(hit, at.ms(), null);
        } else if (happened instanceof EventTime.Rejected rejected && rejected.reason() == Reason.LATE) {
            add(hit, hit.clientTimeMs().orElse(receivedMs), Column.LATE);
        } else {
            add(hit, receivedMs, Column.REFUSED);
        }
    }

    /** Reads it again as if it were not excluded: what it is otherwise does not matter any more. */
    private void exclude(ReceivedHit received) {
        Hit hit = received.hit();
        String why = hit.getExcluded();
        hit.setExcluded(null);
        Reading otherwise = read(hit);
        hit.setExcluded(why);
        if (otherwise instanceof CheckoutHit checkout) {
            add(checkout, claimedMs(received), Column.EXCLUDED);
        } else {
            addTotal(hit.getReportSuite(), claimedMs(received), Column.EXCLUDED);
        }
    }

    private static long claimedMs(ReceivedHit received) {
        Instant claimed = received.hit().getTime();
        return claimed == null || claimed.toEpochMilli() < EventTime.EARLIEST_MS
                ? received.receivedMs()
                : Math.min(claimed.toEpochMilli(), received.receivedMs());
    }

    private void add(CheckoutHit hit, long eventMs, @Nullable Column why) {
        addTo(Series.total(hit.reportSuite()), eventMs, why);
        for (DimensionItem one : hit.dimensionItems()) {
            addTo(new Series(hit.reportSuite(), one.dimension(), one.item()), eventMs, why);
        }
    }

    private void addTotal(String suite, long eventMs, Column why) {
        addTo(Series.total(suite), eventMs, why);
    }

    private void addTo(Series series, long eventMs, @Nullable Column why) {
        long startMs = rules.slices().startOf(eventMs);
        long endMs = rules.slices().endOf(eventMs);
        ledger.add(series, startMs, endMs, Column.IN_FEED, 1);
        if (why != null) {
            ledger.add(series, startMs, endMs, why, 1);
        }
    }

    /** Whether it had no hit that could be counted. */
    public boolean isEmpty() {
        return reportSuites.isEmpty();
    }

    /** When the first of its hits was received. */
    public Instant first() {
        return Instant.ofEpochMilli(firstMs);
    }

    /** The intervals and report suites that the feed can speak of. */
    Scope scope(Set<String> dimensions, Set<Series> summedUp) {
        return new Scope(
                Set.copyOf(reportSuites),
                dimensions,
                summedUp,
                rules.slices().startOf(firstMs),
                rules.slices().endOf(lastMs));
    }
}
