package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.CheckoutRecords;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Slices;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/** Closes intervals: once time has passed an interval's end by the grace, what was counted in it is final. */
final class Finals {
    private final Settings.Rolling rolling;
    private final SliceStore slices;

    Finals(Settings.Rolling rolling, SliceStore slices) {
        this.rolling = rolling;
        this.slices = slices;
    }

    /** Publishes every interval that closes as time moves. */
    void close(long fromMs, long toMs, BiConsumer<Bytes, Published.Final> publish) {
        long graceMs = rolling.grace().toMillis();
        for (Slices interval : rolling.intervals()) {
            closeBetween(interval, interval.startOf(fromMs - graceMs), interval.startOf(toMs - graceMs), publish);
        }
    }

    /** Publishes every interval that is still open, and forgets them all: nothing will come any more. */
    void closeAll(long fromMs, BiConsumer<Bytes, Published.Final> publish) {
        long graceMs = rolling.grace().toMillis();
        for (Slices interval : rolling.intervals()) {
            closeBetween(interval, interval.startOf(fromMs - graceMs), Long.MAX_VALUE, publish);
            slices.forget(interval, 0, Long.MAX_VALUE);
        }
    }

    private void closeBetween(Slices interval, long firstMs, long toMs, BiConsumer<Bytes, Published.Final> publish) {
        slices.range(interval, firstMs, toMs, (key, startMs, counts) -> {
            Series series = SeriesKey.parse(key.get());
            CheckoutInterval closed = CheckoutRecords.interval(series, startMs, interval.endOf(startMs), counts);
            publish.accept(key, new Published.Final(closed));
        });
    }
}
