package io.checkoutmetrics.http;

import java.time.Duration;

/**
 * How long a client may keep a thread.
 *
 * @param request from its first byte until its request is read
 * @param answer from then until it has the answer
 * @param write until it takes what is written to a stream
 * @param streams clients of streams at the same time
 */
record Limits(Duration request, Duration answer, Duration write, int streams) {}
