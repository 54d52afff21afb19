/**
 * Avro on Kafka in Confluent's wire format: records come in, framed bytes go out, and back, with schemas kept by a
 * schema registry.
 */
@NullMarked
package io.checkoutmetrics.registry;

import org.jspecify.annotations.NullMarked;
