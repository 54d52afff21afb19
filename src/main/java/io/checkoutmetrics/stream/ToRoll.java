package io.checkoutmetrics.stream;

/** What goes from the second stage to the third, through the internal topic {@code counts}. */
sealed interface ToRoll permits CountsBundle, SourceWatermark {}
