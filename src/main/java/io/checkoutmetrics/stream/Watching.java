package io.checkoutmetrics.stream;

import org.apache.kafka.common.utils.Bytes;

/** Compares series with what is usual for them. */
interface Watching {
    /** Without alerts. */
    Watching NOTHING = new Watching() {
        @Override
        public void checkouts(Bytes series, SeriesCounts received) {}

        @Override
        public void hits(Bytes series, SeriesCounts counts) {}

        @Override
        public void moveTo(long timeMs) {}

        @Override
        public void finish() {}

        @Override
        public void writeBehind() {}
    };

    /** Checkouts of a watched series, in slices of the time received. */
    void checkouts(Bytes series, SeriesCounts received);

    /** What was counted for any series, hits perhaps. */
    void hits(Bytes series, SeriesCounts counts);

    /** All that was received before that time is known. A leap is judged in part; the rest follows with the next calls. */
    void moveTo(long timeMs);

    /** There is no next call: judges the rest. */
    void finish();

    /** To be called before each commit. */
    void writeBehind();
}
