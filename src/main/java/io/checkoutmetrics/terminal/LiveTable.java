package io.checkoutmetrics.terminal;

import static io.checkoutmetrics.terminal.TableGrid.GAP;

import io.checkoutmetrics.avro.CheckoutMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest metrics as lines for a terminal. Report suites are in alphabetical order and columns don't move, so that
 * the
 * eye finds a number where it was. Space goes first to every suite's windows, then to the top items of their
 * dimensions,
 * then to blank lines between them, then to more items.
 */
public final class LiveTable {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int MOST_ITEM_LINES = 5;

    private final String title;
    private final Duration outdatedAfter;
    private final Look look;

    /** @param outdatedAfter how old a total's newest record may be before the table says so */
    public LiveTable(String title, Duration outdatedAfter, Look look) {
        this.title = title;
        this.outdatedAfter = outdatedAfter;
        this.look = look;
    }

    /**
     * At most as many lines, and none wider, than the terminal has.
     *
     * @param notice something to say below, or empty
     */
    public List<String> lines(LatestMetrics latest, Instant now, TerminalSize size, String notice) {
        Collection<CheckoutMetrics> totals = latest.totals();
        TableGrid grid = TableGrid.of(size.columns(), totals);
        List<String> lines = new ArrayList<>();
        lines.add(titleLine(now, size.columns()));
        int space = size.lines() - 2 - (notice.isEmpty() ? 0 : 1);
        if (totals.isEmpty()) {
            lines.add(look.cut("Nothing has been published yet.", size.columns()));
        } else {
            lines.add(headings(grid, totals));
            lines.addAll(suites(grid, latest, now, space));
        }
        if (!notice.isEmpty()) {
            lines.add(look.paint(Look.Paint.LOOK_HERE, look.cut(CellText.harmless(notice), size.columns())));
        }
        return lines.subList(0, Math.min(lines.size(), size.lines()));
    }

    private String titleLine(Instant now, int columns) {
        String clock = CLOCK.format(now.truncatedTo(ChronoUnit.SECONDS));
        int room = columns - clock.length() - GAP.length();
        if (room < 1) {
            return look.cut(clock, columns);
        }
        String name = CellText.left(look.cut(CellText.harmless(title), room), room);
        return look.paint(Look.Paint.STRONG, name) + GAP + clock;
    }

    private String headings(TableGrid grid, Collection<CheckoutMetrics> totals) {
        String size = SuiteLines.hitsSize(totals.iterator().next());
        List<String> cells = List.of(
                CellText.left("STATE", TableGrid.STATE),
                CellText.right(size == null ? "HITS" : look.cut("HITS " + size, TableGrid.HITS), TableGrid.HITS),
                grid.lastHeading(),
                CellText.right("AGE", TableGrid.AGE));
        String name = CellText.left(look.cut("REPORT SUITE", grid.name()), grid.name());
        return look.paint(Look.Paint.FAINT, name + GAP + String.join(GAP, grid.fitting(cells)));
    }

    private List<String> suites(TableGrid grid, LatestMetrics latest, Instant now, int space) {
        List<SuiteLines> suites = new ArrayList<>();
        List<List<String>> hearts = new ArrayList<>();
        int left = space;
        for (CheckoutMetrics total : latest.totals()) {
            SuiteLines suite = new SuiteLines(grid, look, latest, total);
            List<String> heart = suite.heart(now, outdatedAfter);
            boolean isLast = suites.size() == latest.totals().size() - 1;
            if (left < heart.size() + (isLast ? 0 : 1)) {
                break;
            }
            left -= heart.size();
            suites.add(suite);
            hearts.add(heart);
        }
        int hidden = latest.totals().size() - suites.size();
        List<String> lines = withItems(suites, hearts, hidden > 0 ? left - 1 : left);
        if (hidden > 0) {
            lines.add(look.paint(Look.Paint.FAINT, look.cut("and " + hidden + " more", grid.width())));
        }
        return lines;
    }

    private static List<String> withItems(List<SuiteLines> suites, List<List<String>> hearts, int space) {
        List<Map<String, Integer>> itemLines = oneLineEach(suites, space);
        int left = space - sum(itemLines);
        boolean blankBetween = left >= suites.size() - 1;
        giveTheRest(suites, itemLines, blankBetween ? left - suites.size() + 1 : left);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < suites.size(); i++) {
            if (blankBetween && i > 0) {
                lines.add("");
            }
            SuiteLines suite = suites.get(i);
            lines.addAll(hearts.get(i));
            itemLines.get(i).forEach((dimension, most) -> lines.addAll(suite.items(dimension, most)));
        }
        return lines;
    }

    /** A line for the first dimension of every suite, then for the second, while there is space. */
    private static List<Map<String, Integer>> oneLineEach(List<SuiteLines> suites, int space) {
        List<Map<String, Integer>> lines = new ArrayList<>();
        suites.forEach(suite -> lines.add(new LinkedHashMap<>()));
        int left = space;
        int most = suites.stream()
                .mapToInt(suite -> suite.dimensions().size())
                .max()
                .orElse(0);
        for (int dimension = 0; dimension < most; dimension++) {
            for (int i = 0; i < suites.size() && left > 0; i++) {
                if (dimension < suites.get(i).dimensions().size()) {
                    lines.get(i).put(suites.get(i).dimensions().get(dimension), 1);
                    left--;
                }
            }
        }
        return lines;
    }

    /** More lines for the dimensions that have more items, one after the other, while there is space. */
    private static void giveTheRest(List<SuiteLines> suites, List<Map<String, Integer>> itemLines, int space) {
        int left = space;
        for (int wanted = 2; wanted <= MOST_ITEM_LINES; wanted++) {
            for (int i = 0; i < suites.size(); i++) {
                Map<String, Integer> lines = itemLines.get(i);
                for (String dimension : List.copyOf(lines.keySet())) {
                    if (left > 0 && suites.get(i).items(dimension, wanted).size() == wanted) {
                        lines.put(dimension, wanted);
                        left--;
                    }
                }
            }
        }
    }

    private static int sum(List<Map<String, Integer>> itemLines) {
        return itemLines.stream()
                .flatMap(lines -> lines.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }
}
