package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import java.io.Closeable;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The alerts as they are published, where there are any. */
final class AlertFeed implements Closeable {
    private final @Nullable OutputSubscriber<CheckoutAlert> subscriber;

    private AlertFeed(@Nullable OutputSubscriber<CheckoutAlert> subscriber) {
        this.subscriber = subscriber;
    }

    /** Of the topic that the settings name, or without alerts of nothing. */
    static AlertFeed of(Settings settings) {
        return new AlertFeed(settings.alerts().on() ? OutputSubscriber.alerts(settings) : null);
    }

    /** Hands on what has come, without waiting. */
    void poll(BiConsumer<Series, @Nullable CheckoutAlert> taker) {
        if (subscriber != null) {
            subscriber.poll(Duration.ZERO, taker);
        }
    }

    @Override
    public void close() {
        if (subscriber != null) {
            subscriber.close();
        }
    }
}
