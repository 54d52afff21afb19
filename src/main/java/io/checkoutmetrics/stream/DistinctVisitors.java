package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Visitors;
import io.checkoutmetrics.visitor.Distinct;

/** The different visitors and visits of some stretch of time. */
final class DistinctVisitors {
    private final Distinct visitors;
    private final Distinct visits;

    DistinctVisitors() {
        this(new Distinct(), new Distinct());
    }

    private DistinctVisitors(Distinct visitors, Distinct visits) {
        this.visitors = visitors;
        this.visits = visits;
    }

    /** Forgets what was added; see {@link Distinct#clear}. */
    void clear(long expected) {
        visitors.clear(expected);
        visits.clear(expected);
    }

    DistinctVisitors copy() {
        return new DistinctVisitors(visitors.copy(), visits.copy());
    }

    void add(long visitor, long visit) {
        visitors.add(visitor);
        visits.add(visit);
    }

    /** Adds all that {@link #toBytes()} wrote. */
    void add(byte[] stored) {
        BinaryReader in = new BinaryReader(stored);
        visitors.add(in.bytes(in.count()));
        visits.add(in.bytes(in.count()));
    }

    /** @param checkouts that they made */
    Visitors of(long checkouts) {
        return Visitors.of(checkouts, visitors.count(), visits.count());
    }

    int heapBytes() {
        return visitors.heapBytes() + visits.heapBytes();
    }

    byte[] toBytes() {
        byte[] visitorBytes = visitors.toBytes();
        byte[] visitBytes = visits.toBytes();
        return new BinaryWriter()
                .number(visitorBytes.length)
                .bytes(visitorBytes)
                .number(visitBytes.length)
                .bytes(visitBytes)
                .toBytes();
    }
}
