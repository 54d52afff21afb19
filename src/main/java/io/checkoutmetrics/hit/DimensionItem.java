package io.checkoutmetrics.hit;

/**
 * What a checkout counts for beside its report suite's total: {@code country} and {@code fr}.
 *
 * @param dimension one of {@link HitRules#dimensions()}
 * @param item at most 255 bytes of UTF-8
 */
public record DimensionItem(String dimension, String item) {}
