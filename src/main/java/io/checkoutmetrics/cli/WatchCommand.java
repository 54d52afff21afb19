package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.MetricJson;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Option(names = "--report-suite", paramLabel = "SUITE", description = "Only this report suite. May be repeated.")
    List<String> reportSuites = List.of();

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() {
        talk.little();
        Settings settings = settingsOptions.read();
        try (Interruption interruption = new Interruption();
                OutputSubscriber<CheckoutMetrics> subscriber = OutputSubscriber.rolling(settings)) {
            if (json) {
                printJson(subscriber, interruption);
            } else {
                new LiveView(settings.topics().metrics(), settings, subscriber, this::isWanted, List.of())
                        .show(() -> !interruption.isRequested());
            }
        }
        return 0;
    }

    private void printJson(OutputSubscriber<CheckoutMetrics> subscriber, Interruption interruption) {
        SubscriberTalk subscriberTalk = new SubscriberTalk(System.err);
        boolean isRead = true;
        while (isRead && !interruption.isRequested()) {
            subscriber.poll(POLL, (series, metrics) -> {
                if (metrics != null && isWanted(series)) {
                    LiveView.println(MetricJson.line(metrics));
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
