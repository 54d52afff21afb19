package io.checkoutmetrics.faults;

import io.checkoutmetrics.oracle.Published;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Faults one after the other while hits keep coming; at the end all is healed, the job takes what there is, and the oracle
 * judges.
 *
 * @param folder for everything, in folders by seed; the logs stay
 * @param brokers how many nodes the cluster has
 * @param membership of the instances in their group
 * @param guarantee of Kafka Streams: {@code exactly_once_v2}, or something weaker to see that faults do bite
 */
record Campaign(Path folder, long seed, int brokers, Membership membership, String guarantee, List<Fault> faults) {
    static final String EXACTLY_ONCE = "exactly_once_v2";

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);
    private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(5);
    private static final Duration DRAINS_WITHIN = Duration.ofMinutes(4);
    static final Map<String, String> RULES = Map.of("grace", "5s", "intervals", "10s");
    static final Map<String, String> PACE =
            Map.of("windows", "10s/1s,1m/5s", "publish.alive", "1s", "idle.timeout", "5s");

    /**
     * What came of it.
     *
     * @param unexpectedEnds of instances that no fault ended
     */
    record Result(Verdict verdict, Recoveries recoveries, List<String> unexpectedEnds) {}

    /**
     * Injects the faults, at least one, and no more after that time.
     *
     * @param most from the first fault
     * @throws IllegalStateException saying seed, fault and where the logs are, if the job does not recover by itself
     */
    Result run(Duration most) throws IOException {
        Path logs = Files.createDirectories(folder.resolve("seed-" + seed + "-" + guarantee));
        deleteIn(logs);
        Map<String, String> settings = new HashMap<>(RULES);
        settings.putAll(PACE);
        settings.putAll(membership.settings());
        settings.put("kafka.processing.guarantee", guarantee);
        if (!guarantee.equals(EXACTLY_ONCE)) {
            settings.put("kafka.commit.interval.ms", "3000"); // a kill finds work that was done and not committed
        }
        say("seed " + seed + ", " + guarantee + ", " + brokers + " broker(s), " + membership.words() + ", at most "
                + faults.size() + " faults; logs in " + logs);
        try (Cluster cluster = Cluster.start(brokers, Fleet.WITH_GUEST, logs.resolve("kafka"));
                FaultyRegistry registry = new FaultyRegistry();
                Fleet fleet = new Fleet(logs, cluster, registry, settings, membership == Membership.STATIC)) {
            createInput(cluster, brokers);
            try (Shoppers shoppers = new Shoppers(cluster.direct(), registry.direct(), seed);
                    OutputWatch watch = new OutputWatch(cluster.direct(), registry.direct(), Shoppers.SUITES)) {
                begin(fleet, shoppers, watch);
                Injector injector = new Injector(cluster, registry, fleet, shoppers);
                Recoveries recoveries =
                        inject(injector, fleet, watch, Instant.now().plus(most));
                injector.heal();
                shoppers.close();
                return end(cluster, registry, fleet, shoppers, recoveries);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed + ": " + e.getMessage() + "; logs in " + logs, e);
        }
    }

    static void begin(Fleet fleet, Shoppers shoppers, OutputWatch watch) {
        shoppers.start();
        for (int i = 0; i < Fleet.SIZE; i++) {
            fleet.start(i);
            fleet.awaitRunning(i);
        }
        if (watch.awaitAsOf(Instant.now(), STARTS_WITHIN).isEmpty()) {
            throw new IllegalStateException("nothing was published before the first fault: " + watch);
        }
    }

    private Recoveries inject(Injector injector, Fleet fleet, OutputWatch watch, Instant until) {
        Recoveries recoveries = new Recoveries();
        int number = 0;
        for (Fault fault : faults) {
            if (number++ > 0 && Instant.now().isAfter(until)) {
                break;
            }
            injector.inject(fault);
            recoveries.injected(fault.kind());
            if (fault.alone()) {
                Instant healed = Instant.now();
                Duration recovery = OutputWatch.await(() -> isRecovered(fleet, watch, healed), RECOVERS_WITHIN)
                        .orElseThrow(() -> new IllegalStateException("no recovery within " + RECOVERS_WITHIN.toSeconds()
                                + " s from " + fault + ": " + watch));
                recoveries.measured(fault.kind(), recovery);
                say(String.format("%4d %s: recovered in %.1f s", number, fault, recovery.toMillis() / 1000.0));
            } else {
                say(String.format("%4d %s", number, fault));
            }
        }
        return recoveries;
    }

    /** Meanwhile instances that gave up are started again, as whatever runs services does. */
    private static boolean isRecovered(Fleet fleet, OutputWatch watch, Instant healed) {
        fleet.heal();
        return watch.isAsOf(healed);
    }

    static Result end(Cluster cluster, FaultyRegistry registry, Fleet fleet, Shoppers shoppers, Recoveries recoveries) {
        TopicReader topics = new TopicReader(cluster.direct(), registry.direct());
        Rules rules = Rules.of(RULES);
        Recount.Finals expected = Verdict.expected(topics, rules);
        OutputWatch.await(
                () -> {
                    fleet.heal();
                    return finals(topics) >= expected.intervals().size();
                },
                DRAINS_WITHIN);
        Instant then = newestAsOf(topics);
        OutputWatch.await(() -> newestAsOf(topics).isAfter(then.plusSeconds(3)), DRAINS_WITHIN);
        for (int i = 0; i < Fleet.SIZE; i++) {
            fleet.terminate(i);
        }
        Verdict verdict = Verdict.of(expected, topics, shoppers.acknowledged());
        say(verdict.toString());
        fleet.unexpectedEnds().forEach(Campaign::say);
        return new Result(verdict, recoveries, fleet.unexpectedEnds());
    }

    private static int finals(TopicReader topics) {
        return topics.published("checkout-intervals").size();
    }

    private static Instant newestAsOf(TopicReader topics) {
        return topics.published("checkout-metrics").stream()
                .map(Published::value)
                .map(value -> Instant.parse(value.path("asOf").asText()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** The broker's time is the hits': what a producer sends again after an outage is then as new as when it came. */
    static void createInput(Cluster cluster, int brokers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.direct()))) {
            NewTopic hits = new NewTopic(Shoppers.TOPIC, Shoppers.PARTITIONS, (short) brokers);
            admin.createTopics(List.of(hits.configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the topic of the hits cannot be created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void deleteIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!one.equals(folder)) {
                    Files.delete(one);
                }
            }
        }
    }

    static void say(String line) {
        System.out.println(line);
    }
}
