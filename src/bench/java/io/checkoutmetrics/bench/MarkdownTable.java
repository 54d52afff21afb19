package io.checkoutmetrics.bench;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown whose columns are aligned in plain text as well: the first to the left, figures to the right. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(String... titles) {
        rows.add(List.of(titles));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append('|');
            for (int column = 0; column < rows.get(i).size(); column++) {
                text.append(' ')
                        .append(aligned(rows.get(i).get(column), column))
                        .append(" |");
            }
            text.append('\n');
            if (i == 0) {
                text.append('|');
                for (int column = 0; column < rows.get(0).size(); column++) {
                    String line = "-".repeat(width(column) + 1);
                    text.append(column == 0 ? line + "-" : line + ":").append('|');
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private String aligned(String cell, int column) {
        String padding = " ".repeat(width(column) - cell.length());
        return column == 0 ? cell + padding : padding + cell;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
