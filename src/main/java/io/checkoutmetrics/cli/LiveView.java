package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.subscriber.Alarms;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import io.checkoutmetrics.terminal.LatestMetrics;
import io.checkoutmetrics.terminal.LiveTable;
import io.checkoutmetrics.terminal.PlainLines;
import io.checkoutmetrics.terminal.Screen;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rolling Checkouts as they are published: a table that redraws itself on a terminal, else a line now and then. */
final class LiveView {
    private static final Duration REDRAW = Duration.ofMillis(250);

    private final String title;
    private final Duration outdatedAfter;
    private final OutputSubscriber<CheckoutMetrics> subscriber;
    private final AlertFeed alerts;
    private final Predicate<Series> wanted;
    private final List<String> footer;
    private final LatestMetrics latest = new LatestMetrics();

    /**
     * @param wanted which series to show
     * @param footer lines that stay below a table
     */
    LiveView(
            String title,
            Settings settings,
            OutputSubscriber<CheckoutMetrics> subscriber,
            AlertFeed alerts,
            Predicate<Series> wanted,
            List<String> footer) {
        this.title = title;
        this.footer = footer;
        this.outdatedAfter = outdatedAfter(settings);
        this.subscriber = subscriber;
        this.alerts = alerts;
        this.wanted = wanted;
    }

    /** A total is published at least every {@code publish.alive}; three times in a row missed is no hiccup. */
    static Duration outdatedAfter(Settings settings) {
        return settings.pace().publishAlive().multipliedBy(3);
    }

    /** Whether there is anything to show. */
    boolean hasNumbers() {
        return !latest.totals().isEmpty();
    }

    /** Shows them for as long as {@code goesOn} says, and somebody reads. */
    void show(BooleanSupplier goesOn) {
        if (Screen.isTerminal()) {
            showTable(goesOn);
        } else {
            printLines(goesOn);
        }
    }

    private void showTable(BooleanSupplier goesOn) {
        try (Screen screen = new Screen(System.out, System.getenv())) {
            LiveTable table = new LiveTable(title, outdatedAfter, screen.look(), footer);
            boolean isSeen = true;
            while (isSeen && goesOn.getAsBoolean()) {
                follow();
                isSeen = screen.show(table.lines(latest, Clock.systemUTC().instant(), screen.size(), notice()));
            }
        }
    }

    private void printLines(BooleanSupplier goesOn) {
        PlainLines lines = new PlainLines(outdatedAfter);
        SubscriberTalk talk = new SubscriberTalk(System.err);
        boolean isRead = true;
        while (isRead && goesOn.getAsBoolean()) {
            follow();
            talk.look(subscriber);
            if (subscriber.isCaughtUp()) {
                lines.due(latest, Clock.systemUTC().instant()).forEach(LiveView::println);
            }
            isRead = !System.out.checkError();
        }
    }

    private String notice() {
        if (!subscriber.trouble().isEmpty()) {
            return "waiting: " + subscriber.trouble();
        }
        if (!subscriber.isCaughtUp()) {
            return "reading what was published so far";
        }
        List<CheckoutAlert> alarms = latest.alarms();
        if (!alarms.isEmpty()) {
            return Alarms.line(alarms.get(0)) + (alarms.size() == 1 ? "" : ", and " + (alarms.size() - 1) + " more");
        }
        return subscriber.broken() == 0 ? "" : SubscriberTalk.left(subscriber.broken());
    }

    /** Takes what comes until it is time to redraw. */
    private void follow() {
        long untilNanos = System.nanoTime() + REDRAW.toNanos();
        for (long left = REDRAW.toNanos(); left > 0; left = untilNanos - System.nanoTime()) {
            subscriber.poll(Duration.ofNanos(left), this::keep);
        }
        alerts.poll((series, alert) -> {
            if (wanted.test(series)) {
                latest.putAlert(series, alert);
            }
        });
    }

    private void keep(Series series, @Nullable CheckoutMetrics metrics) {
        if (wanted.test(series)) {
            latest.put(series, metrics);
        }
    }

    /** In UTF-8 whatever the locale: what reads it is a program. */
    static void println(String line) {
        PrintStream out = System.out;
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }
}
