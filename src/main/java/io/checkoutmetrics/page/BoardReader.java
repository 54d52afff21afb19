package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the board what is published, in a thread of its own, for as long as it is open. Failures are waited out. */
final class BoardReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Board board;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Reading reading = Reading.CATCHING_UP;

    BoardReader(Settings settings, Board board, Clock clock) {
        this.settings = settings;
        this.board = board;
        this.clock = clock;
        thread = new Thread(this::read, "page-reader");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    Reading reading() {
        return reading;
    }

    private void read() {
        do {
            try {
                subscribe();
            } catch (InterruptException e) {
                return;
            } catch (RuntimeException e) {
                reading = Reading.FAILED;
                LOG.warn("the page cannot read what is published, and tries again: {}", e.getMessage());
            }
        } while (!isClosing(TRY_AGAIN));
    }

    private void subscribe() {
        try (OutputSubscriber<CheckoutMetrics> rolling = OutputSubscriber.rolling(settings);
                OutputSubscriber<CheckoutInterval> finals = OutputSubscriber.finalTotals(
                        settings, clock.instant().minusMillis(board.scale().lengthMs()));
                OutputSubscriber<CheckoutAlert> alerts =
                        settings.alerts().on() ? OutputSubscriber.alerts(settings) : null) {
            board.clear();
            while (!isClosing(reading == Reading.WAITING ? POLL : Duration.ZERO)) {
                boolean isCaughtUp = finals.isCaughtUp();
                // one of the two waits, or this would spin while nothing comes
                rolling.poll(isCaughtUp ? POLL : Duration.ZERO, board::rolling);
                finals.poll(isCaughtUp ? Duration.ZERO : POLL, (series, counted) -> {
                    if (counted != null) {
                        board.finals(counted);
                    }
                });
                if (alerts != null) {
                    alerts.poll(Duration.ZERO, board::alert);
                }
                if (finals.isCaughtUp()) {
                    board.knowsAllFinals();
                }
                reading = reading(rolling, finals);
            }
        }
    }

    private static Reading reading(OutputSubscriber<?> rolling, OutputSubscriber<?> finals) {
        if (!rolling.trouble().isEmpty() || !finals.trouble().isEmpty()) {
            return Reading.WAITING;
        }
        return rolling.isCaughtUp() && finals.isCaughtUp() ? Reading.LIVE : Reading.CATCHING_UP;
    }

    private boolean isClosing(Duration most) {
        try {
            return closing.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSED_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
