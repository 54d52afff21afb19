package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.HttpAddress;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.Sandbox;
import io.checkoutmetrics.http.ListenException;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.operate.Topics;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "demo",
        description = "Shows the whole thing: a Kafka of its own, made-up shops, the job, and their Checkouts live.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final Duration HISTORY = Duration.ofMinutes(2);

    @Mixin
    ShopOptions shopOptions = new ShopOptions();

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws IOException, InterruptedException {
        talk.little();
        Clock clock = Clock.systemUTC();
        shopOptions.check();
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
            try (Traffic traffic = Traffic.start(shopOptions.shops(start)::until, settings, clock);
                    Job job = Job.start(settings);
                    OutputSubscriber<CheckoutMetrics> subscriber = OutputSubscriber.rolling(settings);
                    AlertFeed alerts = AlertFeed.of(settings)) {
                serving.started(job, settings);
                String page = serving.url().map(url -> url + "/").orElse("");
                List<String> invitation = invitation(sandbox);
                tell(page, invitation);
                LiveView view = new LiveView(
                        ("demo: made-up shops " + page).strip(),
                        settings,
                        subscriber,
                        alerts,
                        series -> true,
                        invitation);
                Show show = new Show(clock, shopOptions);
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

    /** What a second terminal needs; the last line is there to be copied, so nothing else is on it. */
    private static List<String> invitation(Sandbox sandbox) {
        return List.of(
                "To count hits of your own as well, paste this into another terminal:",
                "export KAFKA=" + sandbox.bootstrapServers() + " REGISTRY=" + sandbox.registryUrl());
    }

    private static void tell(String page, List<String> invitation) {
        if (!page.isEmpty()) {
            System.err.println("The page: " + page + " (and metrics, readyz)");
        }
        invitation.forEach(System.err::println);
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
        private final ShopOptions options;
        private final Instant latestBegin;
        private @Nullable Instant begin;

        Show(Clock clock, ShopOptions options) {
            this.clock = clock;
            this.options = options;
            this.latestBegin = clock.instant().plus(FIRST_NUMBERS_WITHIN);
        }

        boolean isOver(boolean hasNumbers) {
            Instant now = clock.instant();
            if (begin == null && (hasNumbers || now.isAfter(latestBegin))) {
                begin = now;
            }
            return begin != null && options.isOver(begin, clock);
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
        source.set("alerts", "true");
        sandbox.settings().forEach(source::set);
        return source.read();
    }
}
