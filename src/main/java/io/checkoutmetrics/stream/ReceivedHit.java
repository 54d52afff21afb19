package io.checkoutmetrics.stream;

import org.jspecify.annotations.Nullable;

/**
 * A hit as it was received.
 *
 * @param recordMs the record's timestamp: when it was received
 * @param offset where it is in its partition
 */
record ReceivedHit(byte @Nullable [] key, byte @Nullable [] value, long recordMs, long offset) {}
