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
    private static final double RECOVERED_FROM = 6;
    private static final long RECOVERS_FOR_MS = Time.MINUTE_MS;
    /** Where half is missing, chance comes more easily by the evidence that all is. */
    private static final double DROP_BECOMES_NONE = 2.5;

    private static final long SETTLES_MS = 5 * Time.MINUTE_MS;

    /** After so long what is missing, or too much, is learned. */
    private static final long BECOMES_USUAL_MS = Time.DAY_MS;

    /** Nobody waits for the end of an alarm that has lasted so long: it is how things are now. */
    private static final long GIVEN_UP_AFTER_MINUTES = 7 * Time.DAY_MS / Time.MINUTE_MS;

    private static final long SLEEPS_AFTER_MS = 2 * Time.DAY_MS;
    private static final long FORGOTTEN_AFTER_MS = 35 * Time.DAY_MS;
    private static final int BYTES_OF_NOW = 256;

    private final Sensitivity sensitivity;
    private final ZoneId zone;
    private final Signs signs = new Signs();
    private final Alarm alarm = new Alarm();
    private final Settling settling = new Settling();
    private Usual usual;
    private boolean isNew = true;
    private Kind calm = Kind.LEARNING;
    private long settledMs = Long.MIN_VALUE;
    private long lastInputMs;
    private long minuteMs = -1;
    private long checkoutsOfMinute;
    private long hitsOfMinute;
    private boolean isMinuteUsual;
    private boolean areMinutesChanged;
    private boolean areWeeksChanged;
    private double threshold;
    private double hitsThreshold;

    /** @param zone by whose clocks days and hours are told */
    public SeriesWatch(ZoneId zone, Sensitivity sensitivity) {
        this.zone = zone;
        this.usual = new Usual(zone);
        this.sensitivity = sensitivity;
    }

    /** Takes the next step; those left out since the one before count as not known. */
    public void take(Step step, Consumer<Finding> findings) {
        long minute = step.startMs() - Math.floorMod(step.startMs(), Time.MINUTE_MS);
        if (minute != minuteMs) {
            turnTo(minute);
        }
        if (!step.isEmpty()) {
            lastInputMs = step.startMs();
        }
        if (isNew) {
            isNew = false;
            lastInputMs = step.startMs();
            findings.accept(plain(Kind.LEARNING, step.startMs()));
        }
        checkoutsOfMinute += step.checkouts();
        hitsOfMinute = step.hits() < 0 ? step.hits() : hitsOfMinute + step.hits();
        if (calm == Kind.LEARNING && usual.checkouts().isFromWeeks()) {
            calm = Kind.WATCHING;
            if (!alarm.isOn()) {
                alarm.calm(calm);
                findings.accept(plain(calm, step.startMs()));
            }
        }
        signs.add(step, usual, alarm.kind() == Kind.DROP ? alarm.perSecond(step.endMs()) : Double.POSITIVE_INFINITY);
        if (alarm.isOn()) {
            lasts(step, findings);
        } else {
            signs.learnPauses(threshold, hitsThreshold);
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
        return alarm.kind();
    }

    private boolean isUsualNow(long timeMs) {
        return switch (alarm.kind()) {
            case NO_INPUT, NO_CHECKOUTS -> false;
            case DROP, SPIKE -> alarm.isOlderThan(BECOMES_USUAL_MS, timeMs);
            default -> timeMs > settledMs;
        };
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
        alarm.minuteEnded();
        look();
    }

    private void look() {
        usual.begins(minuteMs);
        threshold = sensitivity.threshold(usual.checkouts().middle());
        hitsThreshold = sensitivity.threshold(usual.hits().middle());
    }

    private void raise(Step step, Consumer<Finding> findings) {
        double more = settling.moreSeconds(step.endMs());
        double times = alarm.kind() == Kind.DROP ? DROP_BECOMES_NONE : 1;
        if (signs.ofHits.isExceededBy(signs.noInput, times * hitsThreshold, more)) {
            raise(Kind.NO_INPUT, signs.noInput, step, findings);
        } else if (signs.ofCheckouts.isExceededBy(signs.noCheckouts, times * threshold, more)) {
            raise(Kind.NO_CHECKOUTS, signs.noCheckouts, step, findings);
        } else if (signs.ofCheckouts.isExceededBy(signs.drop, threshold, more)) {
            raise(Kind.DROP, signs.drop, step, findings);
        } else if (signs.ofCheckouts.isExceededBy(signs.leap, threshold, more)) {
            raise(Kind.SPIKE, signs.leap, step, findings);
        } else if (signs.ofCheckouts.isExceededBy(signs.spike, threshold, more)) {
            raise(Kind.SPIKE, signs.spike, step, findings);
        }
    }

    private void raise(Kind kind, Evidence evidence, Step step, Consumer<Finding> findings) {
        if (alarm.isOn() && !kind.isWorseThan(alarm.kind())) {
            return;
        }
        double confidence = signs.confidence(kind, sensitivity, usual);
        alarm.raise(kind, evidence, step.endMs(), confidence);
        signs.recovered.reset();
        usual.wasUnusualSince(alarm.sinceMs());
        areMinutesChanged = true;
        findings.accept(alarm.finding(kind, usual, step.endMs(), confidence));
    }

    private void lasts(Step step, Consumer<Finding> findings) {
        alarm.lasts(step, usual);
        signs.addRecovery(step, usual, alarm.kind(), alarm.perSecond(step.endMs()));
        boolean isBetter = signs.recovered.sum() >= RECOVERED_FROM;
        if (isBetter && step.endMs() - signs.recovered.sinceMs() >= RECOVERS_FOR_MS) {
            recover(step, findings);
        } else if (alarm.minutes() >= GIVEN_UP_AFTER_MINUTES) {
            findings.accept(alarm.finding(Kind.RECOVERED, usual, step.endMs(), 0));
            learnAnew();
        } else if (!isBetter && alarm.takeDue(step.endMs())) {
            double confidence = alarm.surer(signs.confidence(alarm.kind(), sensitivity, usual));
            findings.accept(alarm.finding(alarm.kind(), usual, step.endMs(), confidence));
        }
    }

    private void recover(Step step, Consumer<Finding> findings) {
        double sureness = 1 - StrictMath.exp(-signs.recovered.sum());
        findings.accept(alarm.finding(Kind.RECOVERED, usual, step.endMs(), sureness));
        double usualPerSecond = usual.checkouts().middle();
        double missing = alarm.kind() == Kind.NO_INPUT
                ? (step.endMs() - alarm.sinceMs()) / 1000.0 * usualPerSecond
                : alarm.missing();
        alarm.calm(calm);
        settledMs = step.endMs() + SETTLES_MS;
        settling.ended(step.endMs());
        signs.owe(Math.max(0, Math.min(missing, 3600 * usualPerSecond)));
        signs.reset();
    }

    private void learnAnew() {
        usual = new Usual(zone);
        calm = Kind.LEARNING;
        alarm.calm(calm);
        signs.reset();
        isNew = true;
        areMinutesChanged = true;
        areWeeksChanged = true;
        look();
    }

    /** What changes with every step, some 700 bytes: for {@link #restore}. */
    public byte[] now() {
        ByteBuffer out = ByteBuffer.allocate(Signs.BYTES + Signs.BYTES_OF_PAUSES + Settling.BYTES + BYTES_OF_NOW);
        out.put((byte) alarm.kind().ordinal()).put((byte) calm.ordinal()).put((byte) (isNew ? 1 : 0));
        out.put((byte) (isMinuteUsual ? 1 : 0)).put((byte) alarm.told());
        alarm.writeTimesTo(out);
        out.putLong(settledMs).putLong(lastInputMs);
        out.putLong(minuteMs).putLong(checkoutsOfMinute).putLong(hitsOfMinute);
        alarm.writeNumbersTo(out);
        signs.writeTo(out);
        out.putLong(alarm.minutes());
        settling.writeTo(out);
        signs.writePausesTo(out);
        ZoneName.writeTo(out, zone);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** What changes with every minute, a kilobyte. */
    public byte[] minutes() {
        ByteBuffer out = ByteBuffer.allocate(Usual.BYTES);
        usual.writeTo(out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** What changes with every hour, five kilobytes. */
    public byte[] weeks() {
        ByteBuffer out = ByteBuffer.allocate(2 * WeekProfile.BYTES);
        usual.weekOfCheckouts().writeTo(out);
        usual.weekOfHits().writeTo(out);
        return out.array();
    }

    /** Whether {@link #minutes} has changed since this was asked last. */
    public boolean takeMinutesChanged() {
        boolean was = areMinutesChanged;
        areMinutesChanged = false;
        return was;
    }

    /** Whether {@link #weeks} has changed since this was asked last. */
    public boolean takeWeeksChanged() {
        boolean was = areWeeksChanged;
        areWeeksChanged = false;
        return usual.weekOfCheckouts().takeChanged() | usual.weekOfHits().takeChanged() | was;
    }

    /**
     * Goes on where one stopped that wrote these. If that one went by other clocks its hours are not those of this one: it
     * learns anew.
     */
    public void restore(byte[] now, byte @Nullable [] minutes, byte @Nullable [] weeks) {
        ByteBuffer in = ByteBuffer.wrap(now);
        Kind state = Kind.values()[in.get()];
        calm = Kind.values()[in.get()];
        isNew = in.get() == 1;
        isMinuteUsual = in.get() == 1;
        alarm.readTimesFrom(state, in.get(), in);
        settledMs = in.getLong();
        lastInputMs = in.getLong();
        minuteMs = in.getLong();
        checkoutsOfMinute = in.getLong();
        hitsOfMinute = in.getLong();
        alarm.readNumbersFrom(in);
        signs.readFrom(in);
        boolean isSameZone = true;
        if (in.hasRemaining()) { // what was stored before pauses were learned ends here
            alarm.readMinutes(in.getLong());
            settling.readFrom(in);
            signs.readPausesFrom(in);
            isSameZone = ZoneName.isThatOf(zone, in);
        }
        if (!isSameZone) {
            learnAnew();
            return;
        }
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

    private static Finding plain(Kind kind, long timeMs) {
        return new Finding(kind, kind, timeMs, timeMs, 0, 0, 0, 0, 0);
    }
}
