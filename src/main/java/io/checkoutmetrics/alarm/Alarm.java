package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/** How a series stands, and if that is an alarm, what came in since. */
final class Alarm {
    /** How long an alarm has lasted when it is told again. */
    private static final long[] TOLD_AGAIN_MS = {
        Time.MINUTE_MS, 5 * Time.MINUTE_MS, 30 * Time.MINUTE_MS, 3 * Time.HOUR_MS, Time.DAY_MS
    };

    private static final double SWAYS_OF_BOUNDS = 3;

    private Kind kind = Kind.LEARNING;
    private long sinceMs;
    private long raisedMs;
    private int told;
    private double expected;
    private long actual;
    private double confidence;
    private long minutes;

    Kind kind() {
        return kind;
    }

    boolean isOn() {
        return kind.isAlarm();
    }

    long sinceMs() {
        return sinceMs;
    }

    /** For how long it was watched, in minutes: those without anything for days are not. */
    long minutes() {
        return minutes;
    }

    void raise(Kind raised, Evidence evidence, long nowMs, double sureness) {
        kind = raised;
        sinceMs = evidence.sinceMs();
        raisedMs = nowMs;
        told = 0;
        expected = evidence.expected();
        actual = evidence.actual();
        confidence = sureness;
        minutes = 0;
    }

    /** It is none (any more). */
    void calm(Kind calm) {
        kind = calm;
        minutes = 0;
    }

    void lasts(Step step, Usual usual) {
        boolean isOfHits = kind == Kind.NO_INPUT;
        expected += (isOfHits ? usual.hits() : usual.checkouts()).middle() * step.seconds();
        actual += isOfHits ? step.hits() : step.checkouts();
    }

    void minuteEnded() {
        minutes += isOn() ? 1 : 0;
    }

    /** Whether to tell it again now. */
    boolean takeDue(long nowMs) {
        boolean isDue = told < TOLD_AGAIN_MS.length && nowMs - raisedMs >= TOLD_AGAIN_MS[told];
        told += isDue ? 1 : 0;
        return isDue;
    }

    boolean isOlderThan(long ageMs, long nowMs) {
        return nowMs - raisedMs > ageMs;
    }

    double surer(double now) {
        confidence = Math.max(confidence, now);
        return confidence;
    }

    /** What has come in since it began. */
    double perSecond(long nowMs) {
        return 1000.0 * actual / (nowMs - sinceMs);
    }

    double missing() {
        return expected - actual;
    }

    Finding finding(Kind said, Usual usual, long asOfMs, double sureness) {
        Expected now = kind == Kind.NO_INPUT ? usual.hits() : usual.checkouts();
        double sway = now.sway() * expected;
        double width = SWAYS_OF_BOUNDS * StrictMath.sqrt(now.clusters() * expected + sway * sway);
        double lower = Math.max(0, expected - width);
        return new Finding(said, kind, sinceMs, asOfMs, expected, actual, lower, expected + width, sureness);
    }

    /** How often it was told again. */
    int told() {
        return told;
    }

    /** In parts, between which other things lie in what was stored since the first version. */
    void writeTimesTo(ByteBuffer out) {
        out.putLong(sinceMs).putLong(raisedMs);
    }

    void writeNumbersTo(ByteBuffer out) {
        out.putDouble(expected).putLong(actual).putDouble(confidence);
    }

    void readTimesFrom(Kind stored, int toldBefore, ByteBuffer in) {
        kind = stored;
        told = toldBefore;
        sinceMs = in.getLong();
        raisedMs = in.getLong();
    }

    void readNumbersFrom(ByteBuffer in) {
        expected = in.getDouble();
        actual = in.getLong();
        confidence = in.getDouble();
    }

    void readMinutes(long stored) {
        minutes = stored;
    }
}
