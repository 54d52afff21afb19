package io.checkoutmetrics.alarm;

import java.time.ZoneId;

/** What the job does. */
final class WatchRule implements Rule {
    private final SeriesWatch watch;

    WatchRule(ZoneId zone) {
        watch = new SeriesWatch(zone, new Sensitivity(0.1));
    }

    @Override
    public int take(Step step) {
        watch.take(step, finding -> {});
        return watch.state() == Kind.SPIKE ? 1 : watch.state().isAlarm() ? -1 : 0;
    }
}
