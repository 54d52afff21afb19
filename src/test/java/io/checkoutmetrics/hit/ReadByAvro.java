package io.checkoutmetrics.hit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What has to be made of a hit that Avro's own reader decoded, by the rules alone. */
final class ReadByAvro {
    static final HitRules RULES =
            HitRules.defaults().withDimensions(List.of("dimensions.eVar5", "campaign", "country", "dimensions.eVar1"));

    private static final String REPLACED = "\uFFFD";
    private static final List<String> TEXTS =
            List.of("reportSuite", "events", "hitId", "visitorId", "visitId", "excluded", "campaign", "country");

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

        List<String> items() {
            Map<?, ?> entries = value("dimensions") instanceof Map<?, ?> map ? map : Map.of();
            List<String> items = new ArrayList<>();
            items.add(orNone(asText(entry(entries, "eVar5"))));
            items.add(orNone(text("campaign")));
            items.add(orNone(text("country")));
            items.add(orNone(asText(entry(entries, "eVar1"))));
            return items;
        }

        private static @Nullable Object entry(Map<?, ?> entries, String key) {
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (entry.getKey().toString().equals(key)) {
                    return entry.getValue();
                }
            }
            return null;
        }

        private static String orNone(@Nullable String item) {
            return item == null ? "(none)" : item;
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
