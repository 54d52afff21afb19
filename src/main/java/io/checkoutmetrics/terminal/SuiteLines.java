package io.checkoutmetrics.terminal;

import static io.checkoutmetrics.terminal.TableGrid.GAP;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one report suite in a live table: how it is doing, its windows side by side, the top items of its
 * dimensions.
 */
final class SuiteLines {
    private final TableGrid grid;
    private final Look look;
    private final LatestMetrics latest;
    private final CheckoutMetrics total;

    SuiteLines(TableGrid grid, Look look, LatestMetrics latest, CheckoutMetrics total) {
        this.grid = grid;
        this.look = look;
        this.latest = latest;
        this.total = total;
    }

    /** How it is doing, in one line, and its windows in as many as they take, or twice as many with their rates. */
    List<String> heart(Instant now, SuiteState state, boolean withRates) {
        List<String> lines = new ArrayList<>();
        lines.add(first(now, state));
        if (grid.windows() == 0) {
            List<String> windows = flow(windowCells());
            List<String> rates = flow(rateCells());
            for (int i = 0; i < windows.size(); i++) {
                lines.add(windows.get(i));
                if (withRates) {
                    lines.add(rates.get(i));
                }
            }
        }
        return lines;
    }

    /** Below the window's checkouts, what they are for each 1,000 hits. */
    private List<String> rateCells() {
        return total.getWindows().stream()
                .map(window -> Numbers.perThousand(window.getCheckouts(), window.getHits()))
                .map(rate -> " ".repeat(grid.size() + 1)
                        + look.paint(
                                Look.Paint.FAINT,
                                CellText.right(rate, TableGrid.COUNT)
                                        + CellText.left(rate.equals("-") ? "" : " /1000", 1 + TableGrid.CHANGE)))
                .toList();
    }

    private List<String> windowCells() {
        return total.getWindows().stream().map(this::windowCell).toList();
    }

    private String first(Instant now, SuiteState state) {
        WindowMetrics shortest = SuiteWindows.shortest(total);
        Long hits = shortest == null ? null : shortest.getHits();
        Instant last = total.getLastCheckoutAt();
        String name = look.cut(CellText.harmless(total.getReportSuite()), grid.name());
        String age = Numbers.age(Duration.between(total.getAsOf(), now));
        List<String> ofWindows = new ArrayList<>();
        if (grid.windows() > 0) {
            ofWindows.addAll(windowCells());
            ofWindows.addAll(
                    Collections.nCopies(grid.windows() - total.getWindows().size(), " ".repeat(grid.cell())));
        }
        List<String> cells = grid.firstLine(
                look.paint(state.paint(), CellText.left(state.word(), TableGrid.STATE)),
                CellText.right(hits == null ? "-" : Numbers.count(hits), TableGrid.HITS),
                CellText.right(
                        Numbers.ago(last == null ? null : Duration.between(last, now)),
                        grid.lastHeading().length()),
                CellText.right(age, TableGrid.AGE),
                ofWindows);
        return look.paint(Look.Paint.STRONG, CellText.left(name, grid.name()))
                + GAP
                + String.join(GAP, grid.fitting(cells));
    }

    private String windowCell(WindowMetrics window) {
        String change = Numbers.change(window.getCheckouts(), window.getPreviousCheckouts());
        String size = look.cut(Numbers.size(SuiteWindows.size(window)), grid.size());
        return look.paint(Look.Paint.FAINT, CellText.right(size, grid.size()))
                + " " + CellText.right(Numbers.count(window.getCheckouts()), TableGrid.COUNT)
                + " " + look.paint(Look.Paint.FAINT, CellText.right(change, TableGrid.CHANGE));
    }

    /** Names of the dimensions there are lines for. */
    List<String> dimensions() {
        return SuiteWindows.ofItems(total) == null ? List.of() : latest.dimensions(total.getReportSuite());
    }

    /** The top items of a dimension with their shares, in that many lines or fewer, but one at least. */
    List<String> items(String dimension, int mostLines) {
        int perLine = Math.max(1, grid.cellsPerLine() - 1);
        WindowMetrics window = SuiteWindows.ofItems(total);
        if (window == null) {
            return List.of();
        }
        List<LatestMetrics.Item> top =
                latest.top(total.getReportSuite(), dimension, window.getSize(), perLine * mostLines);
        List<String> lines = new ArrayList<>();
        for (int from = 0; from == 0 || from < top.size(); from += perLine) {
            List<String> cells = new ArrayList<>();
            cells.add(from == 0 ? heading(dimension, window) : " ".repeat(grid.cell()));
            top.subList(from, Math.min(from + perLine, top.size()))
                    .forEach(item -> cells.add(itemCell(item, window.getCheckouts())));
            lines.addAll(grid.cellsPerLine() == 1 ? cells : flow(cells));
        }
        return lines.subList(0, Math.min(lines.size(), mostLines));
    }

    private String heading(String dimension, WindowMetrics window) {
        String size = " " + Numbers.size(SuiteWindows.size(window));
        String name = look.cut(CellText.harmless(dimension), grid.cell() - size.length());
        return look.paint(Look.Paint.FAINT, CellText.left(name + size, grid.cell()));
    }

    private String itemCell(LatestMetrics.Item item, long all) {
        int columns = grid.cell() - TableGrid.SHARE - 1;
        String share = CellText.right(Numbers.share(item.checkouts(), all), TableGrid.SHARE);
        return share + " " + CellText.left(look.cut(CellText.harmless(item.name()), columns), columns);
    }

    private List<String> flow(List<String> cells) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < cells.size(); from += grid.cellsPerLine()) {
            int to = Math.min(from + grid.cellsPerLine(), cells.size());
            lines.add((GAP + String.join(GAP, cells.subList(from, to))).stripTrailing());
        }
        return lines;
    }

    /** The name of the size that the first line's hits are of; null without windows. */
    static @Nullable String hitsSize(CheckoutMetrics total) {
        WindowMetrics shortest = SuiteWindows.shortest(total);
        return shortest == null ? null : Numbers.size(SuiteWindows.size(shortest));
    }
}
