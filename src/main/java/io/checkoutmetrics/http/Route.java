package io.checkoutmetrics.http;

/**
 * Answers the requests for one path. Called by several threads at once. It has some seconds for its answer; what takes
 * longer is interrupted and its client cut off.
 */
@FunctionalInterface
public interface Route {
    /** An exception is logged, and answered with status 500 that tells nothing of it. */
    Answer answer(Request request);
}
