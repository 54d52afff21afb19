package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.metric.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a feed counts to, beside what was published: interval by interval, for the report suites of the feed and the time
 * in which its hits were received.
 */
public final class Comparison {
    private static final long MOST_HOURS = 48;
    private static final int MOST_SUITES_BY_HOUR = 40;
    private static final int MOST_NAMES = 10;

    /** The totals of a report suite in an hour or a day, that begins then. */
    record Row(String reportSuite, ZonedDateTime from, Sum sum) {}

    private final Ledger ledger;
    private final Scope scope;
    private final ZoneId zone;
    private final Finals published;
    private final ChronoUnit unit;
    private final Set<String> dimensionsLeftOut;
    private final long nearEndMs;
    private final List<Row> rows = new ArrayList<>();
    private final Sum totals = new Sum();
    private final Sum items = new Sum();
    private final TreeSet<String> suitesElsewhere = new TreeSet<>();
    private final Set<String> suitesPublished = new HashSet<>();
    private long repeated;
    private long onlyHereAtEnd;

    /**
     * Compares.
     *
     * @param ledger with all that is known of both sides
     * @param counted what the feed counts to, which was written into it
     * @param published what the job has published, which was written into it
     * @param zone whose hours and days reports show
     */
    public Comparison(
            Settings settings, Ledger ledger, FeedCheckouts feed, Finals counted, Finals published, ZoneId zone) {
        this.ledger = ledger;
        this.zone = zone;
        this.published = published;
        HitRules rules = Rules.of(settings).hits();
        Set<String> comparable = new TreeSet<>(rules.dimensions());
        comparable.removeIf(
                dimension -> !published.dimensions().contains(dimension) || !isInFeeds(rules.fieldOf(dimension)));
        dimensionsLeftOut = new TreeSet<>(rules.dimensions());
        dimensionsLeftOut.addAll(published.dimensions());
        dimensionsLeftOut.removeAll(comparable);
        dimensionsLeftOut.remove("");
        Set<Series> summedUp = new HashSet<>(counted.summedUp());
        summedUp.addAll(published.summedUp());
        scope = feed.scope(comparable, summedUp);
        nearEndMs = scope.toMs() - Rules.of(settings).graceMs();
        boolean byHour = scope.toMs() - scope.fromMs()
                        <= MOST_HOURS * ChronoUnit.HOURS.getDuration().toMillis()
                && scope.reportSuites().size() <= MOST_SUITES_BY_HOUR;
        unit = byHour ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        ledger.forEach(this::take);
    }

    private static boolean isInFeeds(String field) {
        return Hit.getClassSchema().getField(field) != null;
    }

    private void take(Account account) {
        Series series = account.series();
        if (account.of(Column.FINALS) > 0) {
            suitesPublished.add(series.reportSuite());
        }
        if (!scope.holds(account)) {
            if (!scope.reportSuites().contains(series.reportSuite()) && suitesElsewhere.size() <= MOST_NAMES) {
                suitesElsewhere.add(series.reportSuite());
            }
            return;
        }
        repeated += Math.max(0, account.of(Column.FINALS) - 1);
        if (!series.isTotal()) {
            items.add(account);
            return;
        }
        totals.add(account);
        rowOf(account).sum.add(account);
        if (account.endMs() > nearEndMs) {
            onlyHereAtEnd += account.explained().getOrDefault(Kind.ONLY_HERE, 0L);
        }
    }

    private Row rowOf(Account account) {
        ZonedDateTime from = local(account.startMs()).truncatedTo(unit);
        @Nullable Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        if (last != null && last.reportSuite.equals(account.series().reportSuite()) && last.from.equals(from)) {
            return last;
        }
        Row row = new Row(account.series().reportSuite(), from, new Sum());
        rows.add(row);
        return row;
    }

    ZonedDateTime local(long timeMs) {
        return Instant.ofEpochMilli(timeMs).atZone(zone);
    }

    /** Whether all that was compared is the same on both sides. */
    public boolean isEqual() {
        return totals.differing() + items.differing() == 0;
    }

    /** Hands out what is not the same on both sides, by report suite and time, the total before its items. */
    void forEachDifference(Consumer<Account> taker) {
        ledger.forEach(account -> {
            if (scope.holds(account) && !account.isEqual()) {
                taker.accept(account);
            }
        });
    }

    Scope scope() {
        return scope;
    }

    ChronoUnit unit() {
        return unit;
    }

    /** By report suite and time. */
    List<Row> rows() {
        return rows;
    }

    /** Of all report suites' totals. */
    Sum totals() {
        return totals;
    }

    /** Of all items, so that a checkout counts once for each dimension. */
    Sum items() {
        return items;
    }

    /** What whoever reads a difference should know besides, sentence by sentence. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        Set<String> unpublished = new TreeSet<>(scope.reportSuites());
        unpublished.removeAll(suitesPublished);
        if (published.isEmpty()) {
            notes.add("There are no finals at all.");
        } else if (!unpublished.isEmpty()) {
            notes.add("There are no finals of report suite " + few(unpublished)
                    + (suitesElsewhere.isEmpty() ? "." : ", but of " + few(suitesElsewhere) + "."));
        } else {
            notesOfTime(notes);
        }
        if (onlyHereAtEnd > 0) {
            notes.add(
                    onlyHereAtEnd + " of those only here are from the last minutes of the feed: hits that were received"
                            + " after its end are in the next delivery.");
        }
        if (repeated > 0) {
            notes.add(
                    repeated + " finals were published more than once, and count as often as subscribers count them.");
        }
        if (!dimensionsLeftOut.isEmpty()) {
            notes.add("Not compared, since one side does not count by it: " + few(dimensionsLeftOut) + ".");
        }
        scope.summedUp().stream()
                .limit(MOST_NAMES)
                .forEach(sum -> notes.add("Items of " + sum.reportSuite() + " " + sum.dimension()
                        + " are not compared: some are summed up under " + Series.LOW_TRAFFIC + "."));
        return notes;
    }

    private void notesOfTime(List<String> notes) {
        if (published.first().toEpochMilli() > scope.fromMs()) {
            notes.add("The finals begin at " + published.first() + ", after the feed.");
        }
        if (published.last().toEpochMilli() < scope.toMs()) {
            notes.add("The finals end at " + published.last() + ", before the feed: they are published once their grace"
                    + " has passed.");
        }
    }

    private static String few(Set<String> names) {
        List<String> first = names.stream().limit(MOST_NAMES).toList();
        return String.join(", ", first) + (names.size() > MOST_NAMES ? " …" : "");
    }
}
