package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.MetricJson;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.subscriber.Alarms;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "watch",
        description = "Shows the rolling Checkouts as they are published: a live table on a terminal, else lines.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(250);

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--json",
            description = "One JSON object a line for each record as it comes, all series' newest ones first.")
    boolean json;

    @Option(
            names = "--alerts",
            description = "The alerts instead, a line each: all that are still there, then those that come.")
    boolean alerts;

    @Option(names = "--report-suite", paramLabel = "SUITE", description = "Only this report suite. May be repeated.")
    List<String> reportSuites = List.of();

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() {
        talk.little();
        Settings settings = settingsOptions.read();
        if (alerts) {
            showAlerts(settings);
            return 0;
        }
        try (Interruption interruption = new Interruption();
                OutputSubscriber<CheckoutMetrics> subscriber = OutputSubscriber.rolling(settings);
                AlertFeed feed = AlertFeed.of(settings)) {
            if (json) {
                print(subscriber, MetricJson::line, interruption);
            } else {
                new LiveView(settings.topics().metrics(), settings, subscriber, feed, this::isWanted, List.of())
                        .show(() -> !interruption.isRequested());
            }
        }
        return 0;
    }

    private void showAlerts(Settings settings) {
        if (!settings.alerts().on()) {
            throw new InvalidSettingsException("alerts: there are none. Set alerts=true, as the job has it.");
        }
        try (Interruption interruption = new Interruption();
                OutputSubscriber<CheckoutAlert> subscriber = OutputSubscriber.alerts(settings)) {
            print(subscriber, json ? MetricJson::line : Alarms::line, interruption);
        }
    }

    private <T extends SpecificRecord> void print(
            OutputSubscriber<T> subscriber, Function<? super T, String> line, Interruption interruption) {
        SubscriberTalk subscriberTalk = new SubscriberTalk(System.err);
        boolean isRead = true;
        while (isRead && !interruption.isRequested()) {
            subscriber.poll(POLL, (series, published) -> {
                if (published != null && isWanted(series)) {
                    LiveView.println(line.apply(published));
                }
            });
            subscriberTalk.look(subscriber);
            isRead = !System.out.checkError();
        }
    }

    private boolean isWanted(Series series) {
        return reportSuites.isEmpty() || reportSuites.contains(series.reportSuite());
    }
}
