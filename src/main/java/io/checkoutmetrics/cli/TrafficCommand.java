package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.operate.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "traffic",
        description = {
            "Sends the hits of made-up shops to the hits topic as they would happen, to try things out with.",
            "They count like any others: not for a topic that real hits go to."
        },
        mixinStandardHelpOptions = true)
final class TrafficCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    @Mixin
    ShopOptions shopOptions = new ShopOptions();

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws InterruptedException {
        talk.little();
        shopOptions.check();
        Settings settings = settingsOptions.read();
        try (Topics topics = Topics.open(settings)) {
            topics.requireInput();
        }
        String input = settings.topics().input();
        Clock clock = Clock.systemUTC();
        Instant begin = clock.instant();
        try (Interruption interruption = new Interruption();
                Traffic traffic = Traffic.start(shopOptions.shops(begin)::until, settings, clock)) {
            System.err.println("Sending made-up hits to \"" + input + "\"; Ctrl-C stops it.");
            while (!shopOptions.isOver(begin, clock)
                    && !traffic.hasFailed()
                    && !interruption.isRequestedWithin(LOOK_EVERY)) {
                // goes on
            }
            traffic.throwFailure();
            System.err.println(traffic.end() + " hits sent to \"" + input + "\"");
        }
        return 0;
    }
}
