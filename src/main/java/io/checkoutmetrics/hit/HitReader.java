package io.checkoutmetrics.hit;

import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Reads the hits written with one schema: compiled once, used for every hit. The writer's fields may come in any order
 * and with any others among them.
 *
 * <p>A hit is checked as far as it is read: one that is no checkout only up to what decides that, report suite and
 * events, and without allocating anything; a checkout to
 * its last byte. No bytes make it throw, recurse deeper than the schema, or take more than linear time.
 *
 * <p>Not safe for use by several threads: make one per schema and thread.
 */
public final class HitReader {
    private final HitRules rules;
    private final Shape[] fields;
    private final int suiteAt;
    private final int eventsAt;
    private final int lastDeciding;
    private final TextField suiteField;
    private final TextField eventsField;
    private final CheckoutFields checkoutFields;
    private final EventList eventList;
    private final ReportSuites suites;

    private final AvroCursor in = new AvroCursor();
    private final int[] starts;
    private long suiteSlice;
    private long eventsSlice;

    private HitReader(Schema schema, HitRules rules) throws UnusableSchemaException {
        WriterFields writer = new WriterFields(schema, rules);
        this.rules = rules;
        fields = shapes(schema, writer);
        starts = new int[fields.length];
        Schema.Field suite = writer.require("reportSuite");
        Schema.Field events = writer.require("events");
        if (suite.pos() == events.pos()) {
            throw UnusableSchemaException.mismatch("field " + suite.name()
                    + " cannot be both reportSuite and events. Correct fields.reportSuite or fields.events.");
        }
        suiteAt = suite.pos();
        eventsAt = events.pos();
        lastDeciding = Math.max(suiteAt, eventsAt);
        suiteField = TextField.ofText("reportSuite", suite);
        eventsField = TextField.ofText("events", events);
        checkoutFields = new CheckoutFields(writer, rules);
        eventList = EventList.of(rules);
        suites = new ReportSuites(rules.reportSuites());
    }

    /**
     * The reader of hits written with a schema.
     *
     * @throws UnusableSchemaException {@link Reason#BAD_SCHEMA} where the schema is no record, or contains a type that
     *     is recursive or nested deeper than 64 levels;
     *     {@link Reason#SCHEMA_MISMATCH} where report suite or events are missing, or any of our fields is there in a
     * type it cannot have
     */
    public static HitReader of(Schema writer, HitRules rules) throws UnusableSchemaException {
        return new HitReader(writer, rules);
    }

    /**
     * Parses a writer's schema from JSON that may be hostile. Names and default values are not validated: neither
     * matters for reading.
     *
     * @param references schemas that {@code json} refers to by name, each after those it refers to itself
     * @throws UnusableSchemaException {@link Reason#BAD_SCHEMA} where it is no schema, nested too deep, or over 1 MiB
     */
    public static Schema parseSchema(String json, List<String> references) throws UnusableSchemaException {
        return SchemaText.parse(json, references);
    }

    /** Parses a writer's schema that refers to no other; see {@link #parseSchema(String, List)}. */
    public static Schema parseSchema(String json) throws UnusableSchemaException {
        return SchemaText.parse(json, List.of());
    }

    private static Shape[] shapes(Schema schema, WriterFields writer) throws UnusableSchemaException {
        Shapes shapes = new Shapes();
        shapes.of(schema);
        Shape[] fields = new Shape[writer.all().size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = shapes.of(writer.all().get(i).schema());
        }
        return fields;
    }

    /**
     * Reads the hit from {@code offset} to the array's end; 5 is the offset behind the frame of Confluent's wire
     * format.
     */
    public Reading read(byte[] value, int offset) {
        return read(value, offset, value.length);
    }

    /**
     * Reads the hit in {@code [from, to)}. Keeps no reference into the array, other than until the next call.
     *
     * @throws IndexOutOfBoundsException if the array has no such range
     */
    public Reading read(byte[] value, int from, int to) {
        Objects.checkFromToIndex(from, to, value.length);
        in.reset(value, from, to);
        try {
            return decide();
        } catch (BadHit bad) {
            return bad.at(in.distance());
        }
    }

    private Reading decide() {
        for (int i = 0; i <= lastDeciding; i++) {
            if (i == suiteAt) {
                suiteSlice = suiteField.slice(in);
            } else if (i == eventsAt) {
                eventsSlice = eventsField.slice(in);
            } else {
                fields[i].pass(in, false);
            }
        }
        ReportSuites.Entry suite = suites.find(in.bytes(), TextField.from(suiteSlice), TextField.to(suiteSlice));
        int from = TextField.from(eventsSlice);
        int to = TextField.to(eventsSlice);
        if (to - from > rules.maxEventsBytes()) {
            throw BadHit.OVERSIZED_EVENTS;
        }
        int found = eventList.scan(in.bytes(), from, to);
        if ((found & EventList.QUALIFIES) == 0) {
            return (found & EventList.NEAR_MISS) == 0 ? suite.noCheckout : suite.nearMiss;
        }
        return readCheckout(suite.name, from, to);
    }

    private Reading readCheckout(String suite, int eventsFrom, int eventsTo) {
        in.rewind();
        for (int i = 0; i < fields.length; i++) {
            starts[i] = in.position();
            fields[i].pass(in, true);
        }
        if (in.remaining() > 0) {
            throw BadHit.TRAILING_BYTES;
        }
        if (!Utf8.isValid(in.bytes(), eventsFrom, eventsTo)) {
            throw BadHit.NOT_UTF8;
        }
        String excluded = checkoutFields.excluded(in, starts);
        if (excluded != null) {
            return new Reading.Excluded(suite, excluded);
        }
        EventList.Findings found = eventList.read(in.bytes(), eventsFrom, eventsTo);
        if (found.invalidValueOf() != null) {
            String detail =
                    "a value of event " + found.invalidValueOf() + " is no integer from 0 to " + rules.maxIncrement();
            return new Reading.Refused(suite, Reason.INVALID_EVENT_VALUE, detail);
        }
        return checkoutFields.read(in, starts, suite, found);
    }
}
