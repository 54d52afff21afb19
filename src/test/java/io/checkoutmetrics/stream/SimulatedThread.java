package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that share a producer: what they have taken, stored and sent since the last commit stands or falls together.
 */
final class SimulatedThread {
    /** Thrown out of the middle of a processor. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure() {
            super("simulated", null, false, false);
        }
    }

    private final List<SimulatedTask<?, ?>> tasks = new ArrayList<>();
    private SimulatedTransaction transaction = new SimulatedTransaction();
    private int sendsToFailure;
    private long downUntilMs = Long.MIN_VALUE;

    void add(SimulatedTask<?, ?> task) {
        tasks.add(task);
    }

    List<SimulatedTask<?, ?>> tasks() {
        return tasks;
    }

    /** Fails when it has sent so many more records. */
    void failAfter(int sends) {
        sendsToFailure = sends;
    }

    SimulatedTransaction transactionToSendIn() {
        if (sendsToFailure > 0 && --sendsToFailure == 0) {
            throw new Failure();
        }
        return transaction;
    }

    void commit() {
        tasks.forEach(SimulatedTask::flush);
        end(SimulatedTransaction.State.COMMITTED);
        tasks.forEach(SimulatedTask::commit);
    }

    void crash(boolean newProcess) {
        end(SimulatedTransaction.State.ABORTED);
        tasks.forEach(task -> task.restart(newProcess));
    }

    private void end(SimulatedTransaction.State state) {
        sendsToFailure = 0;
        transaction.end(state);
        transaction = new SimulatedTransaction();
    }

    /** Has just committed or crashed, and does nothing until then. */
    void goDown(long untilMs) {
        downUntilMs = untilMs;
    }

    boolean isDown() {
        return downUntilMs != Long.MIN_VALUE;
    }

    /** Comes back, as a new process, if it is time. */
    boolean comesUp(long nowMs) {
        boolean up = isDown() && nowMs >= downUntilMs;
        if (up) {
            downUntilMs = Long.MIN_VALUE;
            tasks.forEach(task -> task.restart(true));
        }
        return up;
    }
}
