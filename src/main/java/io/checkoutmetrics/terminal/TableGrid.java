package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutMetrics;
import java.util.Collection;
import java.util.List;

/**
 * The columns that all rows of a live table share, so that nothing jumps: those of a report suite's first line, and the
 * cells of equal width for its windows and items under it.
 *
 * @param width of a line
 * @param name of the report suite
 * @param size of a window, as wide as the longest
 */
record TableGrid(int width, int name, int size) {
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
    private static final int ROOMY = 80;

    static TableGrid of(int width, Collection<CheckoutMetrics> totals) {
        int size = totals.stream()
                .flatMap(total -> total.getWindows().stream())
                .mapToInt(window -> Numbers.size(SuiteWindows.size(window)).length())
                .max()
                .orElse(SHORTEST_SIZE);
        int name = width;
        for (int column : firstLine(width)) {
            name -= name - GAP.length() - column >= SHORTEST_NAME ? GAP.length() + column : 0;
        }
        return new TableGrid(width, Math.min(WIDEST_NAME, name), Math.max(SHORTEST_SIZE, Math.min(LONGEST_SIZE, size)));
    }

    /** Widths of the columns behind the name, in a suite's first line. */
    private static List<Integer> firstLine(int width) {
        return List.of(STATE, HITS, lastHeading(width).length(), AGE);
    }

    /** Those of the cells behind the name that there is space for; the last are the first to go. */
    List<String> fitting(List<String> cells) {
        int left = width - SHORTEST_NAME;
        int count = 0;
        for (int column : firstLine(width)) {
            left -= GAP.length() + column;
            count += left >= 0 ? 1 : 0;
        }
        return cells.subList(0, count);
    }

    private static String lastHeading(int width) {
        return width >= ROOMY ? "LAST CHECKOUT" : " LAST";
    }

    String lastHeading() {
        return lastHeading(width);
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
