package io.checkoutmetrics.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Scenarios one after the other while hits keep coming, each with the longest time for which a subscriber got no news of
 * some report suite; at the end the oracle judges.
 *
 * @param folder for everything, in folders by membership; the logs stay
 * @param brokers how many nodes the cluster has
 * @param outage how long brokers or the registry are down in {@link Scenario#BROKERS_DOWN} and {@link Scenario#REGISTRY_DOWN}
 */
record RecoveryRun(Path folder, int brokers, Membership membership, Duration outage, List<Scenario> scenarios) {
    private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(5);
    /** So long must all be well before the next scenario, and a gap that comes late is still its own. */
    private static final Duration SETTLING = Duration.ofSeconds(4);

    private static final int GUEST = Fleet.SIZE;

    private record Scene(Cluster cluster, FaultyRegistry registry, Fleet fleet, Shoppers shoppers, OutputWatch watch) {}

    /** @param gaps by scenario, in the order measured */
    record Result(Verdict verdict, Map<Scenario, List<Duration>> gaps, List<String> unexpectedEnds) {
        /** Of a table in Markdown. */
        String rows(Membership membership) {
            StringBuilder rows = new StringBuilder();
            gaps.forEach((scenario, all) -> {
                List<Duration> sorted = all.stream().sorted().toList();
                rows.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %.1f s | %.1f s |%n",
                        membership.words(),
                        scenario.what(),
                        all.size(),
                        sorted.get(all.size() / 2).toMillis() / 1000.0,
                        sorted.get(all.size() - 1).toMillis() / 1000.0));
            });
            return rows.toString();
        }
    }

    /** @throws IllegalStateException saying scenario and where the logs are, if the job does not recover by itself */
    Result run() throws IOException {
        Path logs = Files.createDirectories(folder.resolve(membership.name().toLowerCase(Locale.ROOT)));
        Campaign.deleteIn(logs);
        Map<String, String> settings = new HashMap<>(Campaign.RULES);
        settings.putAll(Campaign.PACE);
        settings.putAll(membership.settings());
        Campaign.say(membership.words() + ", " + brokers + " broker(s), " + scenarios.size() + " scenarios; logs in "
                + logs);
        try (Cluster cluster = Cluster.start(brokers, Fleet.WITH_GUEST, logs.resolve("kafka"));
                FaultyRegistry registry = new FaultyRegistry();
                Fleet fleet = new Fleet(logs, cluster, registry, settings, membership == Membership.STATIC)) {
            Campaign.createInput(cluster, brokers);
            try (Shoppers shoppers = new Shoppers(cluster.direct(), registry.direct(), 1);
                    OutputWatch watch = new OutputWatch(cluster.direct(), registry.direct(), Shoppers.SUITES)) {
                Campaign.begin(fleet, shoppers, watch);
                settle(fleet, watch, "the start");
                Map<Scenario, List<Duration>> gaps = measure(new Scene(cluster, registry, fleet, shoppers, watch));
                shoppers.close();
                Campaign.Result end = Campaign.end(cluster, registry, fleet, shoppers, new Recoveries());
                return new Result(end.verdict(), gaps, end.unexpectedEnds());
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(e.getMessage() + "; logs in " + logs, e);
        }
    }

    private Map<Scenario, List<Duration>> measure(Scene scene) {
        Map<Scenario, List<Duration>> gaps = new EnumMap<>(Scenario.class);
        int number = 0;
        int instance = 0;
        for (Scenario scenario : scenarios) {
            if (!scenario.isOfWhoIsGone()) {
                instance = (instance + 1) % Fleet.SIZE;
            }
            long from = System.nanoTime();
            act(scenario, instance, scene);
            long done = System.nanoTime();
            settle(scene.fleet, scene.watch, scenario.what());
            Gaps news = scene.watch.gaps();
            Duration gap = scenario.isOutage()
                    ? news.untilNews(done, System.nanoTime())
                    : news.longest(from, System.nanoTime());
            gaps.computeIfAbsent(scenario, none -> new ArrayList<>()).add(gap);
            Campaign.say(
                    String.format(Locale.ROOT, "%4d %s: %.1f s", ++number, scenario.what(), gap.toMillis() / 1000.0));
        }
        return gaps;
    }

    private void act(Scenario scenario, int instance, Scene scene) {
        Fleet fleet = scene.fleet;
        switch (scenario) {
            case NOTHING -> pause(SETTLING);
            case KILLED -> fleet.kill(instance);
            case STOPPED -> fleet.terminate(instance);
            case JOINED -> startAndAwait(fleet, instance);
            case BOUNCED -> {
                fleet.terminate(instance);
                startAndAwait(fleet, instance);
            }
            case KILLED_AND_BACK -> {
                fleet.kill(instance);
                startAndAwait(fleet, instance);
            }
            case SCALED -> {
                startAndAwait(fleet, instance);
                startAndAwait(fleet, GUEST);
                pause(SETTLING);
                fleet.terminate(instance);
                fleet.terminate(GUEST);
            }
            case BROKERS_DOWN -> {
                for (int node = 0; node < scene.cluster.size(); node++) {
                    scene.cluster.process(node).kill();
                }
                pause(outage);
                scene.cluster.heal();
            }
            case REGISTRY_DOWN -> {
                scene.registry.way().cut();
                scene.shoppers.changeSchema();
                pause(outage);
                scene.registry.heal();
            }
        }
    }

    private static void startAndAwait(Fleet fleet, int instance) {
        fleet.start(instance);
        fleet.awaitRunning(instance);
    }

    /** Waits until news are of now again, and have been for a while. */
    private static void settle(Fleet fleet, OutputWatch watch, String after) {
        Instant settled = Instant.now().plus(SETTLING);
        if (watch.awaitAsOf(settled, RECOVERS_WITHIN.plus(SETTLING)).isEmpty()) {
            throw new IllegalStateException("no recovery within " + RECOVERS_WITHIN.toSeconds() + " s from " + after
                    + ": " + watch + " " + fleet.unexpectedEnds());
        }
    }

    private static void pause(Duration lasting) {
        LockSupport.parkNanos(lasting.toNanos());
    }
}
