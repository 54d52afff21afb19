package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Watermark;

/**
 * The watermark of one source of a stage, sent to every partition of the next topic; also when it has not changed, so that
 * a source which is silent can be told from one whose time stands still.
 *
 * @param source partition of the topic that the sending stage reads
 * @param clockMs what time it was at the source's machine when it was sent, milliseconds since the epoch
 */
record SourceWatermark(int source, Watermark watermark, long clockMs) implements ToCount, ToRoll {
    private static final long HEARTBEAT_MS = 1_000;

    /** How often one is sent, at least, by the clock, in milliseconds. */
    static long heartbeatMs(Settings.Pace pace) {
        return Math.max(HEARTBEAT_MS, pace.watermarkInterval().toMillis());
    }

    void writeTo(BinaryWriter out) {
        out.number(source)
                .number(watermark.timeMs())
                .tag(watermark.mood().ordinal())
                .number(clockMs);
    }

    static SourceWatermark readFrom(BinaryReader in) {
        return new SourceWatermark(
                in.count(), new Watermark(in.number(), Watermark.Mood.values()[in.tag()]), in.number());
    }
}
