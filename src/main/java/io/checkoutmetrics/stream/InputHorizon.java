package io.checkoutmetrics.stream;

import java.util.OptionalLong;

/**
 * What is known of an input partition beyond the records that came from it: whether silence means that nothing
 * happened.
 * Asked from the stream threads.
 */
public interface InputHorizon {
    /**
     * Wall-clock time, in milliseconds, up to which the partition is known to hold no record at or after {@code
     * nextOffset}; empty when that is not known, for instance because there are records that were not read yet, or
     * because no broker answers.
     *
     * @param nextOffset offset after the last record that the job took
     */
    OptionalLong quietUntil(int partition, long nextOffset);

    /**
     * For how long, in milliseconds of wall-clock time, records have been waiting in the partition that were not taken
     * yet; 0 when none is known to wait, empty when nothing is known.
     *
     * @param nextOffset offset after the last record that the job took
     */
    OptionalLong waitingForMs(int partition, long nextOffset);

    /** Whether the input is finite, and this partition has been taken to its end. */
    boolean isEnded(int partition, long nextOffset);
}
