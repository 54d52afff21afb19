package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches one series: takes what it received, step by step, and gives what there is to say. An alarm is raised once, told
 * again ever more seldom while it lasts, may give way to a worse one, and ends once. All that it knows can be written and
 * read again at any step; it goes on the same. Not thread-safe.
 */
public final class SeriesWatch {
    /** How long an alarm has lasted when it is told again. */
    private static final long[] TOLD_AGAIN_MS = {
        Time.MINUTE_MS, 5 * Time.MINUTE_MS, 30 * Time.MINUTE_MS, 3 * Time.HOUR_MS, Time.DAY_MS
    };

    private static final double RECOVERED_FROM = 6;
    private static final long SETTLES_MS = 5 * Time.MINUTE_MS;

    /** A change that lasts so long is the new usual. */
    private static final long BECOMES_USUAL_MS = Time.DAY_MS;

    private static final long SLEEPS_AFTER_MS = 2 * Time.DAY_MS;
    private static final long FORGOTTEN_AFTER_MS = 35 * Time.DAY_MS;
    private static final double SWAYS_OF_BOUNDS = 3;
    private static final int BYTES_OF_NOW = 256;

    private final Sensitivity sensitivity;
    private final Usual usual;
    private final Signs signs = new Signs();
    private Kind state = Kind.LEARNING;
    private boolean isNew = true;
    private Kind calm = Kind.LEARNING;
    private long sinceMs;
    private long raisedMs;
    private long settledMs = Long.MIN_VALUE;
    private double expected;
    private long actual;
    private double confidence;
    private int told;
    private long lastInputMs;
    private long minuteMs = -1;
    private long checkoutsOfMinute;
    private long hitsOfMinute;
    private boolean isMinuteUsual;
    private boolean areMinutesChanged;
    private double threshold;
    private double hitsThreshold;

    /** @param zone by whose clocks days and hours are told */
    public SeriesWatch(ZoneId zone, Sensitivity sensitivity) {
        this.usual = new Usual(zone);
        this.sensitivity = sensitivity;
    }

    /** Takes the next step; those left out since the one before count as not known. */
    public void take(Step step, Consumer<Finding> findings) {
        long minute = step.startMs() - Math.floorMod(step.startMs(), Time.MINUTE_MS);
        if (minute != minuteMs) {
            turnTo(minute);
        }
        if (isNew) {
            isNew = false;
            lastInputMs = step.startMs();
            findings.accept(plain(Kind.LEARNING, step.startMs()));
        }
        if (!step.isEmpty()) {
            lastInputMs = step.startMs();
        }
        checkoutsOfMinute += step.checkouts();
        hitsOfMinute = step.hits() < 0 ? step.hits() : hitsOfMinute + step.hits();
        if (calm == Kind.LEARNING && usual.checkouts().isFromWeeks()) {
            calm = Kind.WATCHING;
            if (!state.isAlarm()) {
                state = calm;
                findings.accept(plain(calm, step.startMs()));
            }
        }
        signs.add(step, usual, state == Kind.DROP ? perSecond(step) : Double.POSITIVE_INFINITY);
        if (state.isAlarm()) {
            lasts(step, findings);
        }
        raise(step, findings);
        isMinuteUsual &= isUsualNow(step.endMs());
    }

    /** Whether nothing has come for so long that steps without anything need not be taken. */
    public boolean isAsleep(long timeMs) {
        return timeMs - lastInputMs > SLEEPS_AFTER_MS;
    }

    /** Whether nothing has come for so long that what was usual then tells nothing of now. */
    public boolean isForgotten(long timeMs) {
        return timeMs - lastInputMs > FORGOTTEN_AFTER_MS;
    }

    /** What it said last: an alarm, or {@link Kind#LEARNING} or {@link Kind#WATCHING}. */
    public Kind state() {
        return state;
    }

    private boolean isUsualNow(long timeMs) {
        if (!state.isAlarm()) {
            return timeMs > settledMs;
        }
        return (state == Kind.DROP || state == Kind.SPIKE) && timeMs - raisedMs > BECOMES_USUAL_MS;
    }

    private void turnTo(long nextMinuteMs) {
        if (minuteMs >= 0) {
            usual.ended(minuteMs, checkoutsOfMinute, hitsOfMinute, isMinuteUsual);
        }
        minuteMs = nextMinuteMs;
        checkoutsOfMinute = 0;
        hitsOfMinute = 0;
        isMinuteUsual = true;
        areMinutesChanged = true;
        signs.forgive();
        look();
    }

    private void look() {
        usual.begins(minuteMs);
        threshold = sensitivity.threshold(usual.checkouts().middle());
        hitsThreshold = sensitivity.threshold(usual.hits().middle());
    }

    private void raise(Step step, Consumer<Finding> findings) {
        if (signs.noInput.sum() >= hitsThreshold) {
            raise(Kind.NO_INPUT, signs.noInput, step, findings);
        } else if (signs.noCheckouts.sum() >= threshold) {
            raise(Kind.NO_CHECKOUTS, signs.noCheckouts, step, findings);
        } else if (signs.drop.sum() >= threshold) {
            raise(Kind.DROP, signs.drop, step, findings);
        } else if (signs.leap.sum() >= threshold) {
            raise(Kind.SPIKE, signs.leap, step, findings);
        } else if (signs.spike.sum() >= threshold) {
            raise(Kind.SPIKE, signs.spike, step, findings);
        }
    }

    private void raise(Kind kind, Evidence evidence, Step step, Consumer<Finding> findings) {
        if (state.isAlarm() && !kind.isWorseThan(state)) {
            return;
        }
        sinceMs = evidence.sinceMs();
        raisedMs = step.endMs();
        told = 0;
        expected = evidence.expected();
        actual = evidence.actual();
        state = kind;
        signs.recovered.reset();
        usual.wasUnusualSince(sinceMs);
        areMinutesChanged = true;
        confidence = evidenceOf(kind);
        findings.accept(finding(kind, kind, step.endMs(), confidence));
    }

    private double evidenceOf(Kind kind) {
        return switch (kind) {
            case NO_INPUT ->
                sensitivity.confidence(signs.noInput.sum(), usual.hits().middle());
            case NO_CHECKOUTS -> confidenceOf(signs.noCheckouts.sum());
            case DROP -> confidenceOf(signs.drop.sum());
            default -> confidenceOf(Math.max(signs.leap.sum(), signs.spike.sum()));
        };
    }

    private double confidenceOf(double evidence) {
        return sensitivity.confidence(evidence, usual.checkouts().middle());
    }

    private void lasts(Step step, Consumer<Finding> findings) {
        boolean isOfHits = state == Kind.NO_INPUT;
        expected += (isOfHits ? usual.hits() : usual.checkouts()).middle() * step.seconds();
        actual += isOfHits ? step.hits() : step.checkouts();
        signs.addRecovery(step, usual, state, perSecond(step));
        if (signs.recovered.sum() >= RECOVERED_FROM) {
            recover(step, findings);
        } else if (told < TOLD_AGAIN_MS.length && step.endMs() - raisedMs >= TOLD_AGAIN_MS[told]) {
            told++;
            confidence = Math.max(confidence, evidenceOf(state));
            findings.accept(finding(state, state, step.endMs(), confidence));
        }
    }

    /** What has come in since the alarm began. */
    private double perSecond(Step step) {
        return 1000.0 * actual / (step.endMs() - sinceMs);
    }

    private void recover(Step step, Consumer<Finding> findings) {
        findings.accept(finding(Kind.RECOVERED, state, step.endMs(), 1 - StrictMath.exp(-signs.recovered.sum())));
        double missing = state == Kind.NO_INPUT
                ? (step.endMs() - sinceMs) / 1000.0 * usual.checkouts().middle()
                : expected - actual;
        state = calm;
        settledMs = step.endMs() + SETTLES_MS;
        signs.owe(Math.max(0, Math.min(missing, 3600 * usual.checkouts().middle())));
        signs.reset();
    }

    /** What changes with every step, some 500 bytes: for {@link #restore}. */
    public byte[] now() {
        ByteBuffer out = ByteBuffer.allocate(Signs.BYTES + BYTES_OF_NOW);
        out.put((byte) state.ordinal()).put((byte) calm.ordinal()).put((byte) (isNew ? 1 : 0));
        out.put((byte) (isMinuteUsual ? 1 : 0)).put((byte) told);
        out.putLong(sinceMs).putLong(raisedMs).putLong(settledMs).putLong(lastInputMs);
        out.putLong(minuteMs).putLong(checkoutsOfMinute).putLong(hitsOfMinute);
        out.putDouble(expected).putLong(actual).putDouble(confidence);
        signs.writeTo(out);
        return written(out);
    }

    /** What changes with every minute, a kilobyte. */
    public byte[] minutes() {
        ByteBuffer out = ByteBuffer.allocate(Usual.BYTES);
        usual.writeTo(out);
        return written(out);
    }

    /** What changes with every hour, five kilobytes. */
    public byte[] weeks() {
        ByteBuffer out = ByteBuffer.allocate(2 * WeekProfile.BYTES);
        usual.weekOfCheckouts().writeTo(out);
        usual.weekOfHits().writeTo(out);
        return written(out);
    }

    /** Whether {@link #minutes} has changed since this was asked last. */
    public boolean takeMinutesChanged() {
        boolean was = areMinutesChanged;
        areMinutesChanged = false;
        return was;
    }

    /** Whether {@link #weeks} has changed since this was asked last. */
    public boolean takeWeeksChanged() {
        return usual.weekOfCheckouts().takeChanged() | usual.weekOfHits().takeChanged();
    }

    /** Goes on where one stopped that wrote these. */
    public void restore(byte[] now, byte @Nullable [] minutes, byte @Nullable [] weeks) {
        ByteBuffer in = ByteBuffer.wrap(now);
        state = Kind.values()[in.get()];
        calm = Kind.values()[in.get()];
        isNew = in.get() == 1;
        isMinuteUsual = in.get() == 1;
        told = in.get();
        sinceMs = in.getLong();
        raisedMs = in.getLong();
        settledMs = in.getLong();
        lastInputMs = in.getLong();
        minuteMs = in.getLong();
        checkoutsOfMinute = in.getLong();
        hitsOfMinute = in.getLong();
        expected = in.getDouble();
        actual = in.getLong();
        confidence = in.getDouble();
        signs.readFrom(in);
        if (weeks != null) {
            ByteBuffer inWeeks = ByteBuffer.wrap(weeks);
            usual.weekOfCheckouts().readFrom(inWeeks);
            usual.weekOfHits().readFrom(inWeeks);
        }
        if (minutes != null) {
            usual.readFrom(ByteBuffer.wrap(minutes));
        }
        look();
    }

    private static byte[] written(ByteBuffer out) {
        return Arrays.copyOf(out.array(), out.position());
    }

    private Finding finding(Kind kind, Kind ended, long asOfMs, double confidence) {
        Expected now = ended == Kind.NO_INPUT ? usual.hits() : usual.checkouts();
        double sway = now.sway() * expected;
        double width = SWAYS_OF_BOUNDS * StrictMath.sqrt(now.clusters() * expected + sway * sway);
        return new Finding(
                kind,
                ended,
                sinceMs,
                asOfMs,
                expected,
                actual,
                Math.max(0, expected - width),
                expected + width,
                confidence);
    }

    private static Finding plain(Kind kind, long timeMs) {
        return new Finding(kind, kind, timeMs, timeMs, 0, 0, 0, 0, 0);
    }
}
