package io.checkoutmetrics.subscriber;

import io.checkoutmetrics.avro.AlertKind;
import io.checkoutmetrics.avro.CheckoutAlert;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Alerts in words. */
public final class Alarms {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final double FEW = 10;

    private Alarms() {}

    /** Whether something is not as usual, as far as it says. */
    public static boolean lasts(CheckoutAlert alert) {
        return switch (alert.getKind()) {
            case NO_INPUT, NO_CHECKOUTS, DROP, SPIKE -> true;
            case LEARNING, WATCHING, RECOVERED -> false;
        };
    }

    /** {@code expected 42 checkouts, got 0 since 10:03:20 UTC}. */
    public static String numbers(CheckoutAlert alert) {
        boolean isOfHits = alert.getKind() == AlertKind.NO_INPUT || alert.getRecoveredFrom() == AlertKind.NO_INPUT;
        return "expected " + rounded(alert.getExpected()) + (isOfHits ? " hits" : " checkouts") + ", got "
                + alert.getActual() + " since " + CLOCK.format(alert.getSince());
    }

    /** A line for people. */
    public static String line(CheckoutAlert alert) {
        String words = switch (alert.getKind()) {
            case LEARNING -> "learning what is usual: until then only a complete stop is told";
            case WATCHING -> "knows what is usual";
            case NO_INPUT -> "no hits: " + numbers(alert);
            case NO_CHECKOUTS -> "no checkouts: " + numbers(alert);
            case DROP -> "fewer checkouts than usual: " + numbers(alert);
            case SPIKE -> "more checkouts than usual: " + numbers(alert);
            case RECOVERED -> "as usual again: " + numbers(alert);
        };
        String item = alert.getDimension().isEmpty() ? "" : " " + alert.getDimension() + "=" + alert.getItem();
        return DAY_AND_CLOCK.format(alert.getAsOf()) + "  " + alert.getReportSuite() + item + "  " + words;
    }

    private static String rounded(double number) {
        return String.format(Locale.ROOT, number < FEW ? "%.1f" : "%.0f", number);
    }
}
