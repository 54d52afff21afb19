package io.checkoutmetrics.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.sorted.SortKey;
import io.checkoutmetrics.sorted.SortedLines;
import java.io.Closeable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what is known of every interval of every series, from all sides, in any order: some thousand of them in
 * memory, the rest on disk. Not for several threads.
 */
public final class Ledger implements Closeable {
    private static final int MOST_IN_MEMORY = 50_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FIRST_AMOUNT = 5;

    private record Place(Series series, long startMs, long endMs) {}

    private final SortedLines lines;
    private final Map<Place, Amounts> open = new HashMap<>();
    private long written;

    /** @param folder that nobody else uses, in one that is there; the caller deletes it */
    public Ledger(Path folder) {
        lines = new SortedLines(folder);
    }

    void add(Series series, long startMs, long endMs, Column column, long amount) {
        open.computeIfAbsent(new Place(series, startMs, endMs), place -> new Amounts())
                .add(column, amount);
        if (open.size() >= MOST_IN_MEMORY) {
            writeOpen();
        }
    }

    private void writeOpen() {
        open.forEach((place, amounts) -> {
            Series series = place.series;
            SortKey key = new SortKey()
                    .add(series.reportSuite())
                    .add(place.startMs)
                    .add(series.dimension())
                    .add(series.item())
                    .add(place.endMs)
                    .add(written++);
            lines.put(key.bytes(), line(place, amounts));
        });
        open.clear();
    }

    private static String line(Place place, Amounts amounts) {
        Series series = place.series;
        ArrayNode line = JSON.createArrayNode()
                .add(series.reportSuite())
                .add(series.dimension())
                .add(series.item())
                .add(place.startMs)
                .add(place.endMs);
        for (Column column : Column.values()) {
            line.add(amounts.of(column));
        }
        return line.toString();
    }

    /** Hands out everything, as often as asked: by report suite, start, dimension (totals first), item. */
    void forEach(Consumer<Account> taker) {
        writeOpen();
        Joining joining = new Joining(taker);
        lines.forEach(joining::take);
        joining.handOn();
    }

    /** Puts together what was written of one place at several times: such lines follow each other. */
    private static final class Joining {
        private final Consumer<Account> taker;
        private @Nullable Account current;

        Joining(Consumer<Account> taker) {
            this.taker = taker;
        }

        void take(String line) {
            Account next = account(line);
            Account before = current;
            if (before != null
                    && before.startMs() == next.startMs()
                    && before.endMs() == next.endMs()
                    && before.series().equals(next.series())) {
                before.amounts().addAll(next.amounts());
            } else {
                handOn();
                current = next;
            }
        }

        void handOn() {
            if (current != null) {
                taker.accept(current);
            }
        }

        private static Account account(String line) {
            try {
                JsonNode json = JSON.readTree(line);
                Series series = new Series(
                        json.path(0).asText(),
                        json.path(1).asText(),
                        json.path(2).asText());
                Amounts amounts = new Amounts();
                for (Column column : Column.values()) {
                    amounts.add(
                            column, json.path(FIRST_AMOUNT + column.ordinal()).asLong());
                }
                return new Account(series, json.path(3).asLong(), json.path(4).asLong(), amounts);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
