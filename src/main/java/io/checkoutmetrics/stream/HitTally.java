package io.checkoutmetrics.stream;

/**
 * How many hits of a report suite one partition received in one slice since the last tally.
 *
 * @param sliceStartMs start of the slice of record time
 */
record HitTally(String reportSuite, long sliceStartMs, long hits) {
    void writeTo(BinaryWriter out) {
        out.text(reportSuite).number(sliceStartMs).number(hits);
    }

    static HitTally readFrom(BinaryReader in) {
        return new HitTally(in.text(), in.number(), in.number());
    }
}
