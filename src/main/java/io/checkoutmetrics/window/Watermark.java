package io.checkoutmetrics.window;

/**
 * A promise of one source of records: everything it received before {@code timeMs} has been handed on.
 *
 * @param timeMs milliseconds since the epoch, exclusive
 * @param mood why time stands there
 */
public record Watermark(long timeMs, Mood mood) {
    /** What moves a source's time. */
    public enum Mood {
        /** Records do. */
        ACTIVE,
        /** The clock does: the source is quiet and all that it has was read. */
        IDLE,
        /** Nothing does any more: the input was finite and has been read to its end. */
        ENDED,
        /** Records do, and they are not of now: more of them wait than come. */
        BEHIND
    }

    public static Watermark active(long timeMs) {
        return new Watermark(timeMs, Mood.ACTIVE);
    }

    public static Watermark behind(long timeMs) {
        return new Watermark(timeMs, Mood.BEHIND);
    }

    public static Watermark idle(long timeMs) {
        return new Watermark(timeMs, Mood.IDLE);
    }

    public static Watermark ended(long timeMs) {
        return new Watermark(timeMs, Mood.ENDED);
    }

    /** Whether the source can go on: it has not ended. */
    public boolean isRunning() {
        return mood != Mood.ENDED;
    }
}
