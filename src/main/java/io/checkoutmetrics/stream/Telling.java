package io.checkoutmetrics.stream;

/** What the subscribers of one series have been told, and whether there is something new to tell. */
final class Telling {
    private static final int CHANGED = 1;
    private static final int CORRECTED = 2;
    private static final long NEVER = -1;

    private int revision;
    private long asOfMs = NEVER;
    private boolean changed;
    private boolean corrected;

    /** There is something new. */
    void change() {
        changed = true;
    }

    /** Numbers already told as complete turned out to be too low. Of a series nobody knows yet there are none. */
    void correct() {
        if (!corrected && isKnown()) {
            corrected = true;
            revision++;
        }
    }

    /** It is told once more as of a moment it was told of before. */
    void again() {
        if (!corrected) {
            revision++;
        }
    }

    /** All there was has been told. */
    void done(long toldAsOfMs) {
        asOfMs = toldAsOfMs;
        changed = false;
        corrected = false;
    }

    /** Subscribers do not know of the series, or were told that it is gone. */
    void forget() {
        revision = 0;
        done(NEVER);
    }

    boolean isChanged() {
        return changed;
    }

    boolean isCorrected() {
        return corrected;
    }

    /** Whether subscribers were ever told of the series. */
    boolean isKnown() {
        return asOfMs >= 0;
    }

    int revision() {
        return revision;
    }

    /** As of when it was told last, or -1. */
    long asOfMs() {
        return asOfMs;
    }

    void writeTo(BinaryWriter out) {
        out.tag((changed ? CHANGED : 0) | (corrected ? CORRECTED : 0))
                .number(revision)
                .number(asOfMs);
    }

    static Telling readFrom(BinaryReader in) {
        Telling telling = new Telling();
        int flags = in.tag();
        telling.revision = in.count();
        telling.asOfMs = in.number();
        telling.changed = (flags & CHANGED) != 0;
        telling.corrected = (flags & CORRECTED) != 0;
        return telling;
    }
}
