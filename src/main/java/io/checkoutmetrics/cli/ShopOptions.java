package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Durations;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.traffic.ShopTraffic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much the made-up shops are visited, and for how long. */
final class ShopOptions {
    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "How long it goes on, such as 20s. Default: until Ctrl-C.")
    @Nullable
    String duration;

    @Option(
            names = "--rate",
            paramLabel = "HITS",
            defaultValue = "300",
            description = "Hits per second of all shops together, on average over a week. Default: 300.")
    double hitsPerSecond = ShopTraffic.LIVELY;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the made-up traffic. Default: 1.")
    long seed = 1;

    /** @throws InvalidSettingsException when there can be no such traffic */
    void check() {
        if (!(hitsPerSecond > 0 && hitsPerSecond <= 100_000)) {
            throw new InvalidSettingsException("--rate: use more than 0, and 100000 at most.");
        }
        length();
    }

    /** How long it goes on; null: until told. */
    @Nullable
    Duration length() {
        try {
            return duration == null ? null : Durations.parse(duration);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("--duration: " + e.getMessage());
        }
    }

    ShopTraffic shops(Instant start) {
        return new ShopTraffic(seed, hitsPerSecond, start);
    }

    /** Whether it went on for long enough since then. */
    boolean isOver(Instant begin, Clock clock) {
        Duration length = length();
        return length != null && !clock.instant().isBefore(begin.plus(length));
    }
}
