package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The columns that all rows of a live table share, so that nothing jumps: those of a report suite's first line, and the
 * cells of equal width for its windows and items under it.
 *
 * @param width of a line
 * @param name of the report suite
 * @param size of a window, as wide as the longest
 * @param windows how many windows a report suite's first line may show: none where they have lines of their own
 * @param leastName columns that the name keeps whatever else there is
 */
record TableGrid(int width, int name, int size, int windows, int leastName) {
    static final String GAP = "  ";
    static final int STATE = SuiteState.COLUMNS;
    static final int HITS = 10;
    static final int AGE = 6;
    static final int COUNT = 7;
    static final int CHANGE = 5;
    static final int SHARE = 4;

    private static final int SHORTEST_SIZE = 4;
    private static final int LONGEST_SIZE = 8;
    private static final int SHORTEST_NAME = 8;
    private static final int WIDEST_NAME = 40;
    private static final int LONGEST_NAME_IN_ONE_LINE = 20;
    private static final int ROOMY = 80;

    static TableGrid of(int width, Collection<CheckoutMetrics> totals) {
        return new TableGrid(width, 0, sizeColumns(totals), 0, SHORTEST_NAME).withName();
    }

    /** For as many report suites as possible: one line each, with the windows that fit into it. */
    static TableGrid oneLineEach(int width, Collection<CheckoutMetrics> totals) {
        int windows = totals.stream()
                .mapToInt(total -> total.getWindows().size())
                .max()
                .orElse(0);
        int longest = totals.stream()
                .mapToInt(total -> CellText.width(CellText.harmless(total.getReportSuite())))
                .max()
                .orElse(0);
        int leastName = Math.max(SHORTEST_NAME, Math.min(LONGEST_NAME_IN_ONE_LINE, longest));
        int state = GAP.length() + STATE;
        return new TableGrid(
                        width,
                        0,
                        sizeColumns(totals),
                        windows,
                        Math.max(SHORTEST_NAME, Math.min(leastName, width - state)))
                .withName();
    }

    private static int sizeColumns(Collection<CheckoutMetrics> totals) {
        int size = totals.stream()
                .flatMap(total -> total.getWindows().stream())
                .mapToInt(window -> Numbers.size(SuiteWindows.size(window)).length())
                .max()
                .orElse(SHORTEST_SIZE);
        return Math.max(SHORTEST_SIZE, Math.min(LONGEST_SIZE, size));
    }

    /** Gives the name what the columns behind it leave. */
    private TableGrid withName() {
        int left = width;
        for (int column : fitting(firstLine())) {
            left -= GAP.length() + column;
        }
        return new TableGrid(width, Math.min(WIDEST_NAME, left), size, windows, leastName);
    }

    /** Widths of the columns behind the name, in a suite's first line. */
    private List<Integer> firstLine() {
        return firstLine(STATE, HITS, lastHeading().length(), AGE, Collections.nCopies(windows, cell()));
    }

    /** What stands behind a name, in its order: where windows have no lines of their own, the first one comes early. */
    <T> List<T> firstLine(T state, T hits, T last, T age, List<T> ofWindows) {
        int early = Math.min(1, ofWindows.size());
        List<T> line = new ArrayList<>(List.of(state));
        line.addAll(ofWindows.subList(0, early));
        line.add(hits);
        line.add(last);
        line.addAll(ofWindows.subList(early, ofWindows.size()));
        line.add(age);
        return line;
    }

    /** Those of the cells behind the name that there is space for; the last are the first to go. */
    <T> List<T> fitting(List<T> cells) {
        int left = width - leastName;
        int count = 0;
        for (int column : firstLine()) {
            left -= GAP.length() + column;
            count += left >= 0 ? 1 : 0;
        }
        return cells.subList(0, Math.min(count, cells.size()));
    }

    String lastHeading() {
        return width >= ROOMY && windows == 0 ? "LAST CHECKOUT" : " LAST";
    }

    /** Columns of a cell. */
    int cell() {
        return size + 1 + COUNT + 1 + CHANGE;
    }

    int cellsPerLine() {
        return Math.max(1, width / (GAP.length() + cell()));
    }

    /** Lines that so many cells take. */
    int linesOf(int cells) {
        return (cells + cellsPerLine() - 1) / cellsPerLine();
    }
}
