package io.checkoutmetrics.hit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What has to be made of a hit that Avro's own reader decoded, by the rules alone. */
final class ReadByAvro {
    static final HitRules RULES = HitRules.defaults()
            .withDimensions(
                    List.of("dimensions.eVar5", "campaign", "product", "country", "category", "dimensions.eVar1"));

    /** First {@code ^}, so that {@code ^^,} is an escaped caret before a comma. */
    private static final String ESCAPED = "^,;=";

    private static final char PRIVATE_USE = '\uE000';

    private static final String REPLACED = "\uFFFD";
    private static final List<String> TEXTS = List.of(
            "reportSuite", "events", "hitId", "visitorId", "visitId", "excluded", "campaign", "country", "products");

    private ReadByAvro() {}

    /** The reading of a hit, but for the position in what cannot be read. */
    static Reading expected(Schema schema, GenericRecord record) {
        return expected(new Decoded(schema, record));
    }

    /** Whether all texts that are read from a hit are valid UTF-8. Of others Avro makes something else than we do. */
    static boolean isText(Schema schema, GenericRecord record) {
        return new Decoded(schema, record).rawTexts().noneMatch(text -> text.contains(REPLACED));
    }

    private static Reading expected(Decoded hit) {
        String suite = hit.text("reportSuite");
        int suiteBytes = Decoded.raw(hit.value("reportSuite")).getBytes(StandardCharsets.UTF_8).length;
        if (suite == null || suiteBytes > 255) {
            String detail = suite == null ? "report suite is empty" : "report suite is over 255 bytes";
            return new Reading.Unreadable(Reason.UNKNOWN_REPORT_SUITE, detail);
        }
        Object events = hit.value("events");
        EventList.Findings found = EventList.of(RULES).read(events == null ? "" : Decoded.raw(events));
        if (found.items().isEmpty() && found.invalidValueOf() == null) {
            return new Reading.NoCheckout(suite, found.nearMiss());
        }
        String excluded = hit.text("excluded");
        if (excluded != null && !excluded.equals("0")) {
            return new Reading.Excluded(suite, excluded);
        }
        if (found.invalidValueOf() != null) {
            return new Reading.Refused(
                    suite, Reason.INVALID_EVENT_VALUE, "a value of event scCheckout is no integer from 0 to 1000000");
        }
        return new CheckoutHit(
                suite,
                found.items(),
                hit.time(),
                hit.text("hitId"),
                hit.text("visitorId"),
                hit.text("visitId"),
                hit.items(),
                OptionalLong.empty(),
                found.invalidEventIds(),
                found.nearMiss());
    }

    static Reading withoutPosition(Reading reading) {
        return reading instanceof Reading.Unreadable unreadable
                ? new Reading.Unreadable(
                        unreadable.reason(), unreadable.detail().replaceAll(" \\(at byte.*", ""))
                : reading;
    }

    /** What Avro decoded, by our names. */
    private record Decoded(Schema schema, GenericRecord record) {
        @Nullable
        Object value(String name) {
            for (Schema.Field field : schema.getFields()) {
                if (field.name().equals(name) || field.aliases().contains(name)) {
                    return record.get(field.pos());
                }
            }
            return null;
        }

        @Nullable
        String text(String name) {
            return asText(value(name));
        }

        Stream<String> rawTexts() {
            Map<?, ?> entries = value("dimensions") instanceof Map<?, ?> map ? map : Map.of();
            return Stream.concat(
                    TEXTS.stream().map(name -> raw(value(name))),
                    entries.values().stream().map(Decoded::raw));
        }

        private static String raw(@Nullable Object value) {
            return value instanceof ByteBuffer bytes
                    ? StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()
                    : String.valueOf(value);
        }

        OptionalLong time() {
            Object time = value("time");
            if (time == null) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(
                    schema.toString().contains("timestamp-micros") ? Math.floorDiv((Long) time, 1000L) : (Long) time);
        }

        List<DimensionItem> items() {
            Map<?, ?> entries = value("dimensions") instanceof Map<?, ?> map ? map : Map.of();
            List<DimensionItem> items = new ArrayList<>();
            items.add(item("dimensions.eVar5", asText(entry(entries, "eVar5"))));
            items.add(item("campaign", text("campaign")));
            items.addAll(fields("product", 1));
            items.add(item("country", text("country")));
            items.addAll(fields("category", 0));
            items.add(item("dimensions.eVar1", asText(entry(entries, "eVar1"))));
            return items;
        }

        /** One field of all products. What is escaped stands in a place of its own until they are taken apart. */
        private List<DimensionItem> fields(String dimension, int index) {
            Object value = value("products");
            String products = value == null ? "" : raw(value);
            for (int i = 0; i < ESCAPED.length(); i++) {
                products = products.replace("^" + ESCAPED.charAt(i), String.valueOf((char) (PRIVATE_USE + i)));
            }
            Set<String> names = new LinkedHashSet<>();
            for (String product : products.split(",", -1)) {
                String[] fields = product.split(";", -1);
                String name = fields.length > index ? fields[index].replaceAll("^[ \t]+|[ \t]+$", "") : "";
                for (int i = 0; i < ESCAPED.length(); i++) {
                    name = name.replace((char) (PRIVATE_USE + i), ESCAPED.charAt(i));
                }
                names.add(Objects.requireNonNullElse(asText(name), ""));
            }
            names.remove("");
            Stream<String> all = names.isEmpty() ? Stream.of("(none)") : names.stream();
            return all.map(name -> new DimensionItem(dimension, name)).toList();
        }

        private static @Nullable Object entry(Map<?, ?> entries, String key) {
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (entry.getKey().toString().equals(key)) {
                    return entry.getValue();
                }
            }
            return null;
        }

        private static DimensionItem item(String dimension, @Nullable String item) {
            return new DimensionItem(dimension, item == null ? "(none)" : item);
        }

        private static @Nullable String asText(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            String text = raw(value);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return text.isEmpty() ? null : Utf8.kept(utf8, 0, utf8.length);
        }
    }
}
