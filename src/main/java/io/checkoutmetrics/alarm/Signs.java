package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;
import java.util.List;

/** All evidence there is of a series: for each kind of trouble, and for its end. */
final class Signs {
    /** Of what is usual, where there is next to none: a stray checkout or a robot is no recovery. */
    private static final double NEXT_TO_NONE = 0.03;

    private static final double DROPPED = 0.5;
    private static final double SPIKED = 2;
    private static final double LEAPED = 8;
    /** Where hits rise, checkouts may rise by so much more: campaigns bring those who buy. */
    private static final double MORE_OF_THE_HITS = 1.5;

    private static final double SWAYS_DOWN = 1.5;
    private static final double SWAYS_UP = 2.5;
    private static final double SECONDS_OF_HITS = 30;

    /** In trouble, and out of it: of what is usual. */
    private static final double STILL_NONE = 0.35;

    private static final double STILL_DROPPED = 0.65;
    private static final double NO_MORE_NONE = 0.9;
    private static final double NO_MORE_DROPPED = 0.9;
    private static final double STILL_SPIKED = 1.8;
    private static final double NO_MORE_SPIKED = 1.1;

    /** Of the last hour's rate: evenings come. */
    private static final double LULL = 0.9;

    private static final long LONGEST_LULL_MS = 2 * Time.MINUTE_MS;

    final Evidence noInput = new Evidence();
    final Evidence noCheckouts = new Evidence();
    final Evidence drop = new Evidence();
    final Evidence spike = new Evidence();
    final Evidence leap = new Evidence();
    final Evidence recovered = new Evidence();
    /** A drop against the last hour, while the week is not known: it tells of pauses. */
    private final Evidence lull = new Evidence();

    final Lag ofHits = new Lag();
    final Lag ofCheckouts = new Lag();
    private final List<Evidence> all = List.of(noInput, noCheckouts, drop, spike, leap, recovered);
    private final List<Evidence> few = List.of(noCheckouts, drop, spike, leap);
    private double hitsPerSecond;

    /**
     * A step that came in, and what was usual.
     *
     * @param ofDrop checkouts per second since they dropped, if they did: fewer than these are none; else infinite
     */
    void add(Step step, Usual usual, double ofDrop) {
        addHits(step, usual.hits());
        ofCheckouts.add(step, step.checkouts());
        Expected expected = usual.checkouts();
        double middle = expected.middle();
        double clusters = expected.clusters();
        double atLeast = Math.min(expected.low(), ofDrop) * (1 - expected.sway());
        noCheckouts.add(step, step.checkouts(), middle, atLeast, atLeast * NEXT_TO_NONE, clusters);
        if (!expected.isFromWeeks()) {
            drop.reset();
            spike.reset();
            leap.reset();
            lull.add(step, step.checkouts(), middle, LULL * middle, LULL * middle * DROPPED, clusters);
            return;
        }
        lull.reset();
        double least = expected.low() * (1 - Math.min(0.4, SWAYS_DOWN * expected.sway()));
        drop.add(step, step.checkouts(), middle, least, Math.min(0.8 * least, expected.low() * DROPPED), clusters);
        double most = mostUsual(usual) * (1 + SWAYS_UP * expected.sway());
        spike.add(step, step.checkouts(), middle, most, most * SPIKED, clusters);
        leap.add(step, step.checkouts(), middle, most, most * LEAPED, clusters);
    }

    private void addHits(Step step, Expected expected) {
        if (step.hits() < 0) {
            return;
        }
        ofHits.add(step, step.hits());
        double atLeast = expected.low() * (1 - expected.sway());
        noInput.add(step, step.hits(), expected.middle(), atLeast, atLeast * NEXT_TO_NONE, expected.clusters());
        double share = Math.min(1, step.seconds() / SECONDS_OF_HITS);
        hitsPerSecond += share * (step.hits() / step.seconds() - hitsPerSecond);
    }

    private double mostUsual(Usual usual) {
        Expected hits = usual.hits();
        if (!hits.isFromWeeks() || hits.middle() <= 0) {
            return usual.checkouts().high();
        }
        double byHits = hitsPerSecond * usual.checkouts().middle() / hits.middle();
        return Math.max(usual.checkouts().high(), MORE_OF_THE_HITS * byHits);
    }

    /**
     * Evidence that trouble of that kind is over.
     *
     * @param perSecond how much came in meanwhile
     */
    void addRecovery(Step step, Usual usual, Kind trouble, double perSecond) {
        Expected expected = trouble == Kind.NO_INPUT ? usual.hits() : usual.checkouts();
        long count = trouble == Kind.NO_INPUT ? step.hits() : step.checkouts();
        double in = expected.low();
        double out = expected.low();
        switch (trouble) {
            case DROP -> {
                in *= STILL_DROPPED;
                out *= NO_MORE_DROPPED;
            }
            case SPIKE -> {
                in = Math.max(mostUsual(usual) * STILL_SPIKED, perSecond / 2);
                out = mostUsual(usual) * NO_MORE_SPIKED;
            }
            default -> {
                in *= STILL_NONE;
                out *= NO_MORE_NONE;
            }
        }
        recovered.add(step, count, expected.middle(), in, out, expected.clusters());
    }

    /** What came to nothing with that step was no trouble. */
    void learnPauses(double threshold, double hitsThreshold) {
        ofHits.learn(noInput, hitsThreshold);
        for (Evidence one : few) {
            ofCheckouts.learn(one, threshold);
        }
        if (lull.endedAfterMs() <= LONGEST_LULL_MS) {
            ofCheckouts.learn(lull, threshold);
        }
    }

    /** How sure that kind of trouble is. */
    double confidence(Kind kind, Sensitivity sensitivity, Usual usual) {
        double ofCheckouts = usual.checkouts().middle();
        return switch (kind) {
            case NO_INPUT -> sensitivity.confidence(noInput.sum(), usual.hits().middle());
            case NO_CHECKOUTS -> sensitivity.confidence(noCheckouts.sum(), ofCheckouts);
            case DROP -> sensitivity.confidence(drop.sum(), ofCheckouts);
            default -> sensitivity.confidence(Math.max(leap.sum(), spike.sum()), ofCheckouts);
        };
    }

    void reset() {
        all.forEach(Evidence::reset);
        lull.reset();
    }

    /** So many checkouts were missing, and may come later all at once. */
    void owe(double missing) {
        spike.owe(missing * StrictMath.log(SPIKED));
        leap.owe(missing * StrictMath.log(LEAPED));
    }

    /** A minute has passed. */
    void forgive() {
        spike.forgive(0.97);
        leap.forgive(0.97);
        ofHits.fade();
        ofCheckouts.fade();
    }

    static final int BYTES = 6 * Evidence.BYTES + Double.BYTES;

    void writeTo(ByteBuffer out) {
        all.forEach(evidence -> evidence.writeTo(out));
        out.putDouble(hitsPerSecond);
    }

    void readFrom(ByteBuffer in) {
        all.forEach(evidence -> evidence.readFrom(in));
        hitsPerSecond = in.getDouble();
    }

    static final int BYTES_OF_PAUSES =
            6 * Evidence.BYTES_OF_PAUSES + Evidence.BYTES + Evidence.BYTES_OF_PAUSES + 2 * Lag.BYTES;

    void writePausesTo(ByteBuffer out) {
        all.forEach(evidence -> evidence.writePausesTo(out));
        lull.writeTo(out);
        lull.writePausesTo(out);
        ofHits.writeTo(out);
        ofCheckouts.writeTo(out);
    }

    void readPausesFrom(ByteBuffer in) {
        all.forEach(evidence -> evidence.readPausesFrom(in));
        lull.readFrom(in);
        lull.readPausesFrom(in);
        ofHits.readFrom(in);
        ofCheckouts.readFrom(in);
    }
}
