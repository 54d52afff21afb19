/**
 * The arithmetic of event time: times and counts come in; slices, windows, rolling sums and watermarks go out. Pure: no
 * clock, no store, no Kafka.
 *
 * <h2>How a count comes about, with numbers</h2>
 *
 * Settings: {@code windows=1m/10s}, {@code intervals=1m}, {@code grace=2m}, {@code watermark.delay=0ms}, {@code
 * publish.early=off}. One partition receives the hits of one shop; all times are of one day. (A test holds the job to
 * every number here: {@code WorkedExampleTest}.)
 *
 * <p><b>Slices.</b> Event time is cut into {@linkplain Slices slices} as wide as the window's slide, aligned to the epoch:
 * [10:00:00, 10:00:10), [10:00:10, 10:00:20) and so on. Checkouts at 10:00:03 and 10:00:07 make the first slice 2, one at
 * 10:00:14 the second 1. That is all that is stored of them, however long a window is.
 *
 * <p><b>Watermark.</b> With a hit received at 10:00:14 the partition is complete up to 10:00:14: whatever comes later was
 * received later. With several partitions the {@linkplain Watermarks minimum} counts. What happened by the client's clock
 * moves nothing: only the time received does. A partition that is read to its end and quiet moves with the clock.
 *
 * <p><b>Windows.</b> As of 10:00:10 the {@linkplain Window window} is [09:59:10, 10:00:10): complete, 2 checkouts. It is
 * published when the watermark passes 10:00:10, with the hit received at 10:00:14. As of 10:00:20 it is [09:59:20,
 * 10:00:20): the slice of 10:00:10 has entered, 2 + 1 = 3, and nothing was read again to know that: the {@linkplain
 * RollingSum running sum} took what entered and gave what left.
 *
 * <p><b>Correction.</b> At 10:00:31 a checkout is received that happened at 10:00:12, 19 seconds ago and so within the
 * grace. Its slice was published with 1 and is 2 now. The record as of 10:00:40 says 4 for [09:59:40, 10:00:40), and
 * {@code CORRECTED} with revision 1.
 *
 * <p><b>Falling to zero.</b> After a page view at 10:00:40 nothing comes at all. As of 10:01:10 the slice of 10:00:00 has
 * left: 4 − 2 = 2, and the window just before, [09:59:10, 10:00:10), has 2. As of 10:01:20 the window is empty, and {@code
 * previousCheckouts} is 4. As of 10:02:20 both are 0; an item would be deleted now, a total stays.
 *
 * <p><b>Final.</b> The interval [10:00, 10:01) is closed once the watermark passes 10:03:00, its end and the grace of two
 * minutes: 4 checkouts and 6 hits (the two page views are hits as well), published once and never again.
 *
 * <p><b>Late.</b> At 10:03:05 a checkout is received that happened at 10:00:59, 2:06 minutes ago. That is more than the
 * grace: it becomes a dead letter, {@code late}, and changes nothing. This depends on the hit alone, so every replay of the
 * hits gives the same finals, in whatever order the partitions are read.
 */
@NullMarked
package io.checkoutmetrics.window;

import org.jspecify.annotations.NullMarked;
