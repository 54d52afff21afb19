/**
 * The arithmetic of event time: times and counts come in; slices, windows, rolling sums and watermarks go out. Pure: no
 * clock, no store, no Kafka.
 */
@NullMarked
package io.checkoutmetrics.window;

import org.jspecify.annotations.NullMarked;
