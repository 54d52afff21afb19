package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.Truth;

/** Something that drains the topic of the hits. */
interface Subject {
    /** Reads the topic from its beginning to its end, counts, and commits; measured. */
    Drained drain() throws Exception;

    /** Afterwards: compares what was counted with the truth. @throws IllegalStateException where they differ */
    void check(Truth truth) throws Exception;
}
