/**
 * What one hit means: Avro bytes come in; out goes a checkout, no checkout, or the reason why the hit cannot be
 * counted.
 */
@NullMarked
package io.checkoutmetrics.hit;

import org.jspecify.annotations.NullMarked;
