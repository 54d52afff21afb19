package io.checkoutmetrics.registry;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** By how much this machine's clock differs from that of a server, as far as an HTTP answer's {@code Date} proves it. */
final class ClockDifference {
    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    private ClockDifference() {}

    /**
     * The difference there is at least, positive where our clock is ahead. The server wrote the date, in whole seconds, at
     * some moment between the two: however long the answer took, it is no difference.
     *
     * @return empty where the answer has no date, or comes out of a cache
     */
    static Optional<Duration> atLeast(HttpHeaders answer, Instant asked, Instant answered) {
        if (answer.firstValue("Age").isPresent()) {
            return Optional.empty();
        }
        return answer.firstValue("Date").flatMap(ClockDifference::instant).map(date -> {
            Instant latest = date.plus(RESOLUTION);
            if (asked.isAfter(latest)) {
                return Duration.between(latest, asked);
            }
            return answered.isBefore(date) ? Duration.between(date, answered) : Duration.ZERO;
        });
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
