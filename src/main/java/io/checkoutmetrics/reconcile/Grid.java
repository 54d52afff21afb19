package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.terminal.CellText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Rows under headings as text: numbers to the right, all else to the left; columns of nothing but zeros are left out. */
final class Grid {
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<Object>> rows = new ArrayList<>();

    Grid(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row of as many cells as there are headings: numbers or texts, which anybody may have written. */
    void row(Object... cells) {
        rows.add(List.of(cells));
    }

    void print(Consumer<String> lines) {
        List<StringBuilder> texts = new ArrayList<>();
        for (int i = 0; i <= rows.size(); i++) {
            texts.add(new StringBuilder());
        }
        for (int column = 0; column < headings.size(); column++) {
            if (hasAny(column)) {
                append(column, texts);
            }
        }
        texts.forEach(text -> lines.accept(text.toString().stripTrailing()));
    }

    private boolean hasAny(int column) {
        return rows.stream().anyMatch(row -> !isNothing(row.get(column)));
    }

    private static boolean isNothing(Object cell) {
        return cell instanceof Long number ? number == 0 : cell.toString().isEmpty();
    }

    private void append(int column, List<StringBuilder> texts) {
        List<String> cells = new ArrayList<>(List.of(headings.get(column)));
        rows.forEach(row -> cells.add(text(row.get(column))));
        int width = cells.stream().mapToInt(CellText::width).max().orElse(0);
        boolean isNumber = rows.get(0).get(column) instanceof Long;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            texts.get(i)
                    .append(isNumber ? CellText.right(cell, width) : CellText.left(cell, width))
                    .append(GAP);
        }
    }

    private static String text(Object cell) {
        return cell instanceof Long number
                ? String.format(Locale.ROOT, "%,d", number)
                : CellText.harmless(cell.toString());
    }
}
