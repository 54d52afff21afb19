package io.checkoutmetrics.reconcile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A comparison for programs: an object a line for each interval of a series that differs, and last one of everything. */
public final class JsonReport {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonReport() {}

    public static void print(Comparison comparison, Consumer<String> lines) {
        comparison.forEachDifference(account -> lines.accept(difference(account).toString()));
        lines.accept(summary(comparison).toString());
    }

    private static ObjectNode difference(Account account) {
        ObjectNode json = JSON.createObjectNode()
                .put("reportSuite", account.series().reportSuite())
                .put("dimension", account.series().dimension())
                .put("item", account.series().item())
                .put("start", Instant.ofEpochMilli(account.startMs()).toString())
                .put("end", Instant.ofEpochMilli(account.endMs()).toString());
        amounts(json, account.amounts(), account.duplicates());
        json.put("difference", account.difference());
        json.put("incrementsDifference", account.incrementsDifference());
        kinds(json.putObject("because"), account.explained());
        return json;
    }

    private static void amounts(ObjectNode json, Amounts amounts, long duplicates) {
        json.put("inFeed", amounts.of(Column.IN_FEED))
                .put("excluded", amounts.of(Column.EXCLUDED))
                .put("late", amounts.of(Column.LATE))
                .put("refused", amounts.of(Column.REFUSED))
                .put("duplicate", duplicates)
                .put("counted", amounts.of(Column.COUNTED))
                .put("finals", amounts.of(Column.PUBLISHED));
    }

    private static void kinds(ObjectNode json, Map<Kind, Long> kinds) {
        kinds.forEach((kind, checkouts) -> json.put(name(kind), checkouts));
    }

    /** {@code onlyHere}, as names of fields are written. */
    private static String name(Kind kind) {
        return kind == Kind.ONLY_HERE ? "onlyHere" : kind.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode summary(Comparison comparison) {
        ObjectNode json = JSON.createObjectNode().put("equal", comparison.isEqual());
        json.put("from", Instant.ofEpochMilli(comparison.scope().fromMs()).toString());
        json.put("to", Instant.ofEpochMilli(comparison.scope().toMs()).toString());
        side(json.putObject("totals"), comparison.totals());
        side(json.putObject("items"), comparison.items());
        ArrayNode rows = json.putArray("rows");
        comparison.rows().forEach(row -> {
            ObjectNode one = rows.addObject()
                    .put("reportSuite", row.reportSuite())
                    .put("from", row.from().toInstant().toString());
            side(one, row.sum());
        });
        ArrayNode notes = json.putArray("notes");
        comparison.notes().forEach(notes::add);
        return json;
    }

    private static void side(ObjectNode json, Sum sum) {
        json.put("intervals", sum.accounts()).put("differing", sum.differing());
        amounts(json, sum.amounts(), sum.duplicates());
        json.put("hitsInFeed", sum.of(Column.COUNTED_HITS)).put("hitsInFinals", sum.of(Column.PUBLISHED_HITS));
        kinds(json.putObject("because"), sum.kinds());
    }
}
