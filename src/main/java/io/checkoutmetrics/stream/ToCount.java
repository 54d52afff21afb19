package io.checkoutmetrics.stream;

/** What goes from the first stage to the second, through the internal topic {@code checkouts}. */
sealed interface ToCount extends Recognised permits ArrivalsBundle, SourceWatermark {}
