package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.MetricJson;
import io.checkoutmetrics.metric.Series;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "watch",
        description = "Shows the rolling Checkouts as they are published: a live table on a terminal, else lines.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    private static final Duration REDRAW = Duration.ofMillis(250);

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
                MetricsSubscriber subscriber = new MetricsSubscriber(settings)) {
            if (json) {
                printJson(subscriber, interruption);
            } else if (Screen.isTerminal()) {
                showTable(settings, subscriber, interruption);
            } else {
                printLines(settings, subscriber, interruption);
            }
        }
        return 0;
    }

    private void printJson(MetricsSubscriber subscriber, Interruption interruption) {
        boolean isRead = true;
        while (isRead && !interruption.isRequested()) {
            subscriber.poll(REDRAW, (series, metrics) -> {
                if (metrics != null && isWanted(series)) {
                    println(MetricJson.line(metrics));
                }
            });
            isRead = !System.out.checkError();
        }
    }

    private void printLines(Settings settings, MetricsSubscriber subscriber, Interruption interruption) {
        LatestMetrics latest = new LatestMetrics();
        PlainLines lines = new PlainLines(outdatedAfter(settings));
        boolean isRead = true;
        while (isRead && !interruption.isRequested()) {
            follow(subscriber, latest);
            if (subscriber.isCaughtUp()) {
                lines.due(latest, Clock.systemUTC().instant()).forEach(WatchCommand::println);
            }
            isRead = !System.out.checkError();
        }
    }

    private void showTable(Settings settings, MetricsSubscriber subscriber, Interruption interruption) {
        LatestMetrics latest = new LatestMetrics();
        try (Screen screen = new Screen(System.out, System.getenv())) {
            LiveTable table = new LiveTable(settings.topics().metrics(), outdatedAfter(settings), screen.look());
            boolean isSeen = true;
            while (isSeen && !interruption.isRequested()) {
                follow(subscriber, latest);
                isSeen = screen.show(
                        table.lines(latest, Clock.systemUTC().instant(), screen.size(), notice(subscriber)));
            }
        }
    }

    /** A total is published at least every {@code publish.alive}; three times in a row missed is no hiccup. */
    static Duration outdatedAfter(Settings settings) {
        return settings.pace().publishAlive().multipliedBy(3);
    }

    private static String notice(MetricsSubscriber subscriber) {
        if (!subscriber.trouble().isEmpty()) {
            return "waiting: " + subscriber.trouble();
        }
        if (!subscriber.isCaughtUp()) {
            return "reading what was published so far";
        }
        return subscriber.broken() == 0 ? "" : subscriber.broken() + " records could not be read and are left out";
    }

    /** Takes what comes until it is time to redraw. */
    private void follow(MetricsSubscriber subscriber, LatestMetrics latest) {
        long untilNanos = System.nanoTime() + REDRAW.toNanos();
        for (long left = REDRAW.toNanos(); left > 0; left = untilNanos - System.nanoTime()) {
            subscriber.poll(Duration.ofNanos(left), (series, metrics) -> keep(latest, series, metrics));
        }
    }

    private void keep(LatestMetrics latest, Series series, @Nullable CheckoutMetrics metrics) {
        if (isWanted(series)) {
            latest.put(series, metrics);
        }
    }

    private boolean isWanted(Series series) {
        return reportSuites.isEmpty() || reportSuites.contains(series.reportSuite());
    }

    /** In UTF-8 whatever the locale: what reads it is a program. */
    private static void println(String line) {
        PrintStream out = System.out;
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }
}
