package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Durations;
import io.checkoutmetrics.config.HttpAddress;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.Sandbox;
import io.checkoutmetrics.http.ListenException;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.operate.Topics;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import io.checkoutmetrics.traffic.ShopTraffic;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Shows the whole thing: a Kafka of its own, made-up shops, the job, and their Checkouts live.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final Duration HISTORY = Duration.ofMinutes(2);

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "How long to show it, such as 20s. Default: until Ctrl-C.")
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

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws IOException, InterruptedException {
        talk.little();
        Clock clock = Clock.systemUTC();
        Duration shown = duration == null ? null : parsed(duration);
        if (!(hitsPerSecond > 0 && hitsPerSecond <= 100_000)) {
            throw new InvalidSettingsException("--rate: use more than 0, and 100000 at most.");
        }
        Settings given = settingsOptions.source(false).read();
        System.err.println("Starting Kafka, a schema registry and the job; Ctrl-C stops them.");
        try (Interruption interruption = new Interruption();
                Serving serving = serving(given, clock);
                Sandbox sandbox = Sandbox.start()) {
            Settings settings = settingsIn(sandbox);
            try (Topics topics = Topics.open(settings)) {
                topics.createInput(PARTITIONS);
            }
            Instant start = clock.instant().minus(HISTORY);
            try (Traffic traffic = Traffic.start(new ShopTraffic(seed, hitsPerSecond, start), settings, clock);
                    Job job = Job.start(settings);
                    OutputSubscriber<CheckoutMetrics> subscriber = OutputSubscriber.rolling(settings)) {
                serving.started(job, settings);
                String page = serving.url().map(url -> url + "/").orElse("");
                if (!page.isEmpty()) {
                    System.err.println("The page: " + page + " (and metrics, readyz)");
                }
                LiveView view =
                        new LiveView(("demo: made-up shops " + page).strip(), settings, subscriber, series -> true);
                Show show = new Show(clock, shown);
                view.show(() -> serving.beat()
                        && !interruption.isRequested()
                        && !show.isOver(view.hasNumbers())
                        && !traffic.hasFailed()
                        && !isOver(job));
                traffic.throwFailure();
            }
        }
        return 0;
    }

    /** What listens at the usual place already must not keep anybody from seeing the demo. */
    private Serving serving(Settings settings, Clock clock) {
        try {
            return Serving.begin(settings, clock);
        } catch (ListenException e) {
            if (!settings.http()
                    .listen()
                    .equals(new SettingsSource().read().http().listen())) {
                throw e;
            }
            HttpAddress anyPort = new HttpAddress("127.0.0.1", 0);
            return Serving.begin(settings, Optional.of(anyPort), clock);
        }
    }

    /** Lasts from the first numbers on: starting up is no part of it. */
    private static final class Show {
        private static final Duration FIRST_NUMBERS_WITHIN = Duration.ofMinutes(1);

        private final Clock clock;
        private final @Nullable Duration length;
        private final Instant latestBegin;
        private @Nullable Instant begin;

        Show(Clock clock, @Nullable Duration length) {
            this.clock = clock;
            this.length = length;
            this.latestBegin = clock.instant().plus(FIRST_NUMBERS_WITHIN);
        }

        boolean isOver(boolean hasNumbers) {
            Instant now = clock.instant();
            if (begin == null && (hasNumbers || now.isAfter(latestBegin))) {
                begin = now;
            }
            return length != null && begin != null && !now.isBefore(begin.plus(length));
        }
    }

    private static Duration parsed(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("--duration: " + e.getMessage());
        }
    }

    private static boolean isOver(Job job) {
        try {
            return job.awaitEnd(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Settings settingsIn(Sandbox sandbox) {
        SettingsSource source = settingsOptions.source(false);
        sandbox.settings().forEach(source::set);
        return source.read();
    }
}
