package io.checkoutmetrics.alarm;

import java.time.Duration;

/** Lengths of time, in milliseconds. */
final class Time {
    static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    static final long HOUR_MS = Duration.ofHours(1).toMillis();
    static final long DAY_MS = Duration.ofDays(1).toMillis();

    private Time() {}
}
