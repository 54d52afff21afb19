package io.checkoutmetrics.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The job among faults. A short campaign runs with all tests; a long one by
 *
 * <pre>{@code mvn -q verify -Dtest=ScheduleTest -Dit.test=FaultCampaignIT -Dfaults=1000 -Dfaults.seed=7}</pre>
 *
 * where {@code faults.brokers} is 1 or 3 (the default), {@code faults.minutes} ends it early (240), and {@code
 * faults.kinds} names the only {@link Kind}s that are injected. {@code faults.membership} is {@code DYNAMIC}, {@code STATIC}
 * (of odd seeds the default) or {@code STREAMS}. It goes in rounds of 100 faults, each on a new cluster,
 * whose seeds are {@code faults.seed} and those that follow. The same seed draws the same faults.
 */
class FaultCampaignIT {
    private static final Path FOLDER = Path.of("target", "faults").toAbsolutePath();
    private static final int FAULTS_A_ROUND = 100;
    /** So that a build that fails, fails again; a long campaign takes another each time, and prints it. */
    private static final long ALWAYS_THE_SAME = 984_573;

    private static final Duration SHORT = Duration.ofSeconds(45);
    private static final Set<Kind> QUICK = EnumSet.of(
            Kind.JOB_KILLED,
            Kind.JOB_FROZEN,
            Kind.JOB_TERMINATED,
            Kind.BROKERS_KILLED,
            Kind.NETWORK_FLAPPING,
            Kind.REGISTRY_FAILING,
            Kind.INPUT_GARBAGE,
            Kind.INPUT_REPEATED);

    /** What at-least-once cannot stand: work that was done and not committed. */
    private static final List<Kind> BITING = List.of(Kind.JOBS_KILLED, Kind.JOB_KILLED);

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @DisabledIfSystemProperty(named = "faults", matches = ".*")
    void faultsOfAllSorts_loseNothing_andDoubleNothing() throws IOException {
        long seed = Long.getLong("faults.seed", ALWAYS_THE_SAME);
        Campaign campaign =
                new Campaign(FOLDER, seed, 1, membership(seed), Campaign.EXACTLY_ONCE, Schedule.draw(seed, 100, QUICK));

        Campaign.Result result = campaign.run(SHORT);

        assertThat(result.verdict().isClean())
                .as("seed " + seed + ": " + result.verdict())
                .isTrue();
        assertThat(result.unexpectedEnds()).isEmpty();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @DisabledIfSystemProperty(named = "faults", matches = ".*")
    void killsUnderAtLeastOnce_showAsDifferences_orElseTheFaultsDoNotBite() throws IOException {
        Campaign campaign = new Campaign(FOLDER, 1, 1, membership(1), "at_least_once", Schedule.draw(1, 6, BITING));

        Campaign.Result result = campaign.run(SHORT);

        assertThat(result.verdict().doubled()).isNotEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "\\d+")
    void longCampaign_losesNothing_andDoublesNothing() throws IOException {
        int left = Integer.getInteger("faults", FAULTS_A_ROUND);
        long seed = Long.getLong("faults.seed", ThreadLocalRandom.current().nextInt(1, 1_000_000));
        Instant until = Instant.now().plus(Duration.ofMinutes(Long.getLong("faults.minutes", 240)));
        Recoveries recoveries = new Recoveries();
        List<String> failures = new ArrayList<>();
        List<String> unexpectedEnds = new ArrayList<>();
        for (; left > 0 && Instant.now().isBefore(until); seed++) {
            List<Fault> faults = Schedule.draw(seed, Math.min(left, FAULTS_A_ROUND), kinds());
            Campaign.Result result = new Campaign(
                            FOLDER,
                            seed,
                            Integer.getInteger("faults.brokers", 3),
                            membership(seed),
                            guarantee(),
                            faults)
                    .run(Duration.between(Instant.now(), until));
            left -= result.recoveries().faults();
            recoveries.add(result.recoveries());
            unexpectedEnds.addAll(result.unexpectedEnds());
            if (!result.verdict().isClean()) {
                failures.add("seed " + seed + ": " + result.verdict());
            }
        }
        Campaign.say(recoveries.faults() + " faults, " + failures.size() + " rounds with differences\n"
                + recoveries.table());
        assertThat(failures).isEmpty();
        assertThat(unexpectedEnds).isEmpty();
    }

    private static String guarantee() {
        return System.getProperty("faults.guarantee", Campaign.EXACTLY_ONCE);
    }

    private static Membership membership(long seed) {
        String name = System.getProperty("faults.membership", "");
        return name.isEmpty() ? seed % 2 == 0 ? Membership.DYNAMIC : Membership.STATIC : Membership.valueOf(name);
    }

    private static Set<Kind> kinds() {
        String names = System.getProperty("faults.kinds", "");
        return names.isEmpty()
                ? EnumSet.allOf(Kind.class)
                : Arrays.stream(names.split(",", -1))
                        .map(Kind::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }
}
