package io.checkoutmetrics.feed;

import io.checkoutmetrics.avro.Hit;

/**
 * A hit and when it was received: milliseconds since the epoch, from the year 2000 to the year 9999. It becomes the
 * timestamp of the hit's Kafka record.
 */
public record ReceivedHit(Hit hit, long receivedMs) {}
