package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Watermark;

/**
 * The watermark of one source of a stage, sent to every partition of the next topic.
 *
 * @param source partition of the topic that the sending stage reads
 */
record SourceWatermark(int source, Watermark watermark) implements ToCount, ToRoll {
    void writeTo(BinaryWriter out) {
        out.number(source).number(watermark.timeMs()).tag(watermark.mood().ordinal());
    }

    static SourceWatermark readFrom(BinaryReader in) {
        return new SourceWatermark(in.count(), new Watermark(in.number(), Watermark.Mood.values()[in.tag()]));
    }
}
