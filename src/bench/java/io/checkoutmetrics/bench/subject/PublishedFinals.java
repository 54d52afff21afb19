package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import java.util.function.BiConsumer;

/** The finals that the job has published in a run. */
public final class PublishedFinals {
    private PublishedFinals() {}

    /** Gives each of them, in the order of their partitions. */
    public static void read(Assignment assignment, BiConsumer<Series, CheckoutInterval> taker) {
        Settings settings = JobSubject.settings(assignment);
        new PublishedRecords(assignment, settings.registry())
                .read(settings.topics().intervals(), CheckoutInterval.class, taker);
    }
}
