package io.checkoutmetrics.hit;

import java.util.Locale;

/**
 * Why a hit is not counted but dead-lettered. Each reason has a fixed {@linkplain #text() text}, which consumers of
 * dead letters and of counters rely on.
 */
public enum Reason {
    /** No frame of Confluent's wire format: the value is null, empty, under 5 bytes, or its first byte is not 0. */
    BAD_FRAME,
    /** The schema registry does not know the frame's schema ID. */
    UNKNOWN_SCHEMA,
    /**
     * The writer's schema cannot be used for any record: no record, recursive, nested too deep, or no schema at all.
     */
    BAD_SCHEMA,
    /** The writer's schema lacks a field that every hit needs, or has one of our fields in a type that cannot be it. */
    SCHEMA_MISMATCH,
    /** The bytes end before the record does. */
    TRUNCATED,
    /**
     * The bytes are no record of the writer's schema: a negative length, a varint overflow, a union index out of range,
     * text that is not UTF-8.
     */
    MALFORMED,
    /** Bytes are left over after the record. */
    TRAILING_BYTES,
    /** The events string is longer than {@link HitRules#maxEventsBytes()}. */
    OVERSIZED_EVENTS,
    /** The report suite is empty, over 255 bytes, or not on the allow-list. */
    UNKNOWN_REPORT_SUITE,
    /** A qualifying event carries a value that is no integer from 0 to {@link HitRules#maxIncrement()}. */
    INVALID_EVENT_VALUE,
    /** The client's or the record's timestamp is zero, negative or before the year 2000. */
    BAD_TIMESTAMP,
    /** The client's timestamp is later than the record's by more than is tolerated. */
    FUTURE_TIMESTAMP,
    /** The hit was received more than the grace after it happened. */
    LATE,
    /** The record's timestamp goes back behind its partition's time, to an interval that is closed already. */
    OUT_OF_ORDER;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The reason as it stands in dead-letter headers and counters, such as {@code trailing_bytes}. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
