package io.checkoutmetrics.stream;

/** What a thread sends between two commits: readers get all of it or nothing. */
final class SimulatedTransaction {
    /** What readers may know of it. */
    enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private State state = State.OPEN;

    /** Of records that were written by somebody without transactions. */
    static SimulatedTransaction none() {
        SimulatedTransaction none = new SimulatedTransaction();
        none.end(State.COMMITTED);
        return none;
    }

    State state() {
        return state;
    }

    void end(State end) {
        state = end;
    }
}
