package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.metric.Series;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A comparison for people: a table by hour or day, the intervals that differ, what the differences are put down to. */
public final class TextReport {
    private static final int MOST_DIFFERENCES = 50;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");

    private final Comparison comparison;
    private final Consumer<String> lines;
    private long listed;

    private TextReport(Comparison comparison, Consumer<String> lines) {
        this.comparison = comparison;
        this.lines = lines;
    }

    public static void print(Comparison comparison, Consumer<String> lines) {
        new TextReport(comparison, lines).print();
    }

    private void print() {
        table();
        if (!comparison.isEqual()) {
            lines.accept("");
            differences();
            lines.accept("");
            kinds();
        }
        if (!comparison.notes().isEmpty()) {
            lines.accept("");
            comparison.notes().forEach(lines);
        }
        lines.accept("");
        lines.accept(verdict());
    }

    private void table() {
        Grid grid = new Grid(
                "REPORT SUITE",
                comparison.unit() == ChronoUnit.HOURS ? "HOUR" : "DAY",
                "HITS IN FEED",
                "IN FINALS",
                "CHECKOUTS IN FEED",
                "EXCLUDED",
                "LATE",
                "REFUSED",
                "DUPLICATE",
                "COUNTED",
                "FINALS",
                "DIFFERENCE",
                "BECAUSE");
        for (Comparison.Row row : comparison.rows()) {
            row(grid, row.reportSuite(), format(row.from()), row.sum());
        }
        if (comparison.rows().size() > 1) {
            row(grid, "", "all", comparison.totals());
        }
        grid.print(lines);
    }

    private static void row(Grid grid, String suite, String time, Sum sum) {
        grid.row(
                suite,
                time,
                sum.of(Column.COUNTED_HITS),
                sum.of(Column.PUBLISHED_HITS),
                sum.of(Column.IN_FEED),
                sum.of(Column.EXCLUDED),
                sum.of(Column.LATE),
                sum.of(Column.REFUSED),
                sum.duplicates(),
                sum.of(Column.COUNTED),
                sum.of(Column.PUBLISHED),
                sum.difference(),
                because(sum.kinds()));
    }

    private String format(ZonedDateTime time) {
        return (comparison.unit() == ChronoUnit.HOURS ? MINUTE : DAY).format(time);
    }

    private void differences() {
        Grid grid = new Grid("REPORT SUITE", "INTERVAL", "OF", "COUNTED", "FINALS", "DIFFERENCE", "BECAUSE");
        comparison.forEachDifference(account -> {
            listed++;
            if (listed <= MOST_DIFFERENCES) {
                grid.row(
                        account.series().reportSuite(),
                        interval(account),
                        name(account.series()),
                        account.of(Column.COUNTED),
                        account.of(Column.PUBLISHED),
                        account.difference(),
                        because(account));
            }
        });
        grid.print(lines);
        if (listed > MOST_DIFFERENCES) {
            lines.accept("… and " + (listed - MOST_DIFFERENCES) + " more; --json tells all.");
        }
    }

    private String interval(Account account) {
        ZonedDateTime start = comparison.local(account.startMs());
        return (start.equals(start.truncatedTo(ChronoUnit.MINUTES)) ? MINUTE : SECOND).format(start);
    }

    private static String name(Series series) {
        return series.isTotal() ? "total" : series.dimension() + " " + series.item();
    }

    private static String because(Account account) {
        if (account.difference() == 0) {
            return "increments " + account.of(Column.COUNTED_INCREMENTS) + " and "
                    + account.of(Column.PUBLISHED_INCREMENTS);
        }
        return because(account.explained());
    }

    private static String because(Map<Kind, Long> kinds) {
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey().text() + " " + kind.getValue())
                .collect(Collectors.joining(", "));
    }

    private void kinds() {
        Grid grid = new Grid("BECAUSE", "CHECKOUTS", "OF ITEMS", "");
        Map<Kind, Long> totals = comparison.totals().kinds();
        Map<Kind, Long> items = comparison.items().kinds();
        for (Kind kind : Kind.values()) {
            long checkouts = totals.getOrDefault(kind, 0L);
            long ofItems = items.getOrDefault(kind, 0L);
            if (checkouts + ofItems > 0) {
                grid.row(kind.text(), checkouts, ofItems, kind.meaning());
            }
        }
        grid.print(lines);
    }

    private String verdict() {
        Sum totals = comparison.totals();
        if (comparison.isEqual()) {
            return String.format(
                    "Equal: %,d checkouts in %,d intervals.", totals.of(Column.COUNTED), totals.accounts());
        }
        return String.format(
                "Not equal: %,d of %,d intervals differ, and %,d of their %,d items.",
                totals.differing(),
                totals.accounts(),
                comparison.items().differing(),
                comparison.items().accounts());
    }
}
