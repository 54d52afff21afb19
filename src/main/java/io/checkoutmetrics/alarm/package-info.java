/**
 * Is what comes in usual? The checkouts and hits of one series come in, step by step of time; that they fail, drop, leap or
 * have recovered goes out. Knows neither Kafka nor the clock: the same steps give the same findings.
 *
 * <p>What is expected of a second is learned from the series itself: its rate in the same hour of the week, of up to four
 * weeks, times how the last hour went. Each kind of trouble has its {@link io.checkoutmetrics.alarm.Evidence}: the
 * likelihood of what came in if there is such trouble, against that of chance, summed up since it last looked as usual
 * (Page's CUSUM, 1954). So a second is enough where hundreds of hits are expected, and where one is expected in ten minutes it
 * takes its time. Pauses between batches are learned as well ({@link io.checkoutmetrics.alarm.Lag}): so much more is asked for.
 */
@NullMarked
package io.checkoutmetrics.alarm;

import org.jspecify.annotations.NullMarked;
