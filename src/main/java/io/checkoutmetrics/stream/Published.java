package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import org.jspecify.annotations.Nullable;

/** What the third stage publishes. */
sealed interface Published {
    /** Rolling Checkouts of a series; null: the series is gone. */
    record Rolling(@Nullable CheckoutMetrics metrics) implements Published {}

    /** The final Checkouts of a series in an interval. */
    record Final(CheckoutInterval interval) implements Published {}

    /** A watched series differs from what is usual, or is as usual again; null: it is watched no more. */
    record Alert(@Nullable CheckoutAlert alert) implements Published {}
}
