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
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The newest metrics as lines for a terminal. Report suites are in alphabetical order and columns don't move, so that
 * the eye finds a number where it was. Space goes first to every suite's windows, then to the top items of their
 * dimensions, then to blank lines between them, then to more items. Where there are too many suites for that, each gets
 * one line with the windows that fit into it.
 */
public final class LiveTable {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int MOST_ITEM_LINES = 5;
    private static final int LINES_FOR_A_FOOTER = 12;

    private final String title;
    private final SuiteStates states;
    private final Look look;
    private final List<String> footer;

    /**
     * @param outdatedAfter how old a total's newest record may be before the table says so
     * @param footer lines that stay below everything, as they are and without colour, to be copied from the terminal; left
     *     out where it has few lines
     */
    public LiveTable(String title, Duration outdatedAfter, Look look, List<String> footer) {
        this.title = title;
        this.states = new SuiteStates(outdatedAfter);
        this.look = look;
        this.footer = List.copyOf(footer);
    }

    /**
     * At most as many lines, and none wider, than the terminal has.
     *
     * @param notice something to say below, or empty
     */
    public List<String> lines(LatestMetrics latest, Instant now, TerminalSize size, String notice) {
        Collection<CheckoutMetrics> totals = latest.totals();
        List<String> lines = new ArrayList<>();
        lines.add(titleLine(now, size.columns()));
        List<String> below = size.lines() < LINES_FOR_A_FOOTER ? List.of() : footer;
        int space = size.lines() - 2 - (notice.isEmpty() ? 0 : 1) - below.size();
        TableGrid roomy = TableGrid.of(size.columns(), totals);
        TableGrid grid = linesOf(totals, roomy, 1) <= space ? roomy : TableGrid.oneLineEach(size.columns(), totals);
        boolean withRates = linesOf(totals, roomy, 2) <= space;
        if (totals.isEmpty()) {
            lines.add(look.cut("Nothing has been published yet.", size.columns()));
        } else {
            lines.add(headings(grid, totals));
            lines.addAll(suites(grid, latest, now, space, withRates));
        }
        if (!notice.isEmpty()) {
            lines.add(look.paint(Look.Paint.LOOK_HERE, look.cut(CellText.harmless(notice), size.columns())));
        }
        below.forEach(line -> lines.add(look.cut(CellText.harmless(line), size.columns())));
        return lines.subList(0, Math.min(lines.size(), size.lines()));
    }

    /** @param perWindows lines for each line of windows */
    private static int linesOf(Collection<CheckoutMetrics> totals, TableGrid roomy, int perWindows) {
        return totals.stream()
                .mapToInt(total ->
                        1 + perWindows * roomy.linesOf(total.getWindows().size()))
                .sum();
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
        List<String> cells = grid.firstLine(
                CellText.left("STATE", TableGrid.STATE),
                CellText.right(size == null ? "HITS" : look.cut("HITS " + size, TableGrid.HITS), TableGrid.HITS),
                grid.lastHeading(),
                CellText.right("AGE", TableGrid.AGE),
                Collections.nCopies(grid.windows(), CellText.right("CHECKOUTS      ", grid.cell())));
        String name = CellText.left(look.cut("REPORT SUITE", grid.name()), grid.name());
        return look.paint(Look.Paint.FAINT, (name + GAP + String.join(GAP, grid.fitting(cells))).stripTrailing());
    }

    private List<String> suites(TableGrid grid, LatestMetrics latest, Instant now, int space, boolean withRates) {
        List<SuiteLines> suites = new ArrayList<>();
        List<List<String>> hearts = new ArrayList<>();
        int left = space;
        for (CheckoutMetrics total : latest.totals()) {
            SuiteLines suite = new SuiteLines(grid, look, latest, total);
            List<String> heart =
                    suite.heart(now, states.of(total, latest.alert(total.getReportSuite()), now), withRates);
            boolean isLast = suites.size() == latest.totals().size() - 1;
            if (left < heart.size() + (isLast ? 0 : 1)) {
                break;
            }
            left -= heart.size();
            suites.add(suite);
            hearts.add(heart);
        }
        List<CheckoutMetrics> hidden =
                latest.totals().stream().skip(suites.size()).toList();
        List<String> lines = grid.windows() == 0 ? withItems(suites, hearts, left) : flat(hearts);
        if (!hidden.isEmpty()) {
            lines.add(hiddenLine(hidden, latest, now, grid.width()));
        }
        return lines;
    }

    private static List<String> flat(List<List<String>> hearts) {
        return new ArrayList<>(hearts.stream().flatMap(List::stream).toList());
    }

    /** What there is no space for, lest trouble stays unseen: {@code and 19 more: 2 NO CHECKOUTS, 17 live}. */
    private String hiddenLine(List<CheckoutMetrics> hidden, LatestMetrics latest, Instant now, int columns) {
        Map<SuiteState, Long> counts = new EnumMap<>(SuiteState.class);
        hidden.forEach(
                total -> counts.merge(states.of(total, latest.alert(total.getReportSuite()), now), 1L, Long::sum));
        String text = counts.entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey().word())
                .collect(Collectors.joining(", ", "and " + hidden.size() + " more: ", ""));
        return look.paint(counts.keySet().iterator().next().paint(), look.cut(text, columns));
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
