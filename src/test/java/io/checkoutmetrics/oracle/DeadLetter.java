package io.checkoutmetrics.oracle;

/**
 * A hit that was set aside rather than counted.
 *
 * @param partition of the input topic, from which the hit came
 * @param offset in that partition
 */
public record DeadLetter(int partition, long offset, String reason) {}
