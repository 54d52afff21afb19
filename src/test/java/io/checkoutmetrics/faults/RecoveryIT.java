package io.checkoutmetrics.faults;

import static io.checkoutmetrics.faults.Scenario.BOUNCED;
import static io.checkoutmetrics.faults.Scenario.BROKERS_DOWN;
import static io.checkoutmetrics.faults.Scenario.JOINED;
import static io.checkoutmetrics.faults.Scenario.KILLED;
import static io.checkoutmetrics.faults.Scenario.KILLED_AND_BACK;
import static io.checkoutmetrics.faults.Scenario.NOTHING;
import static io.checkoutmetrics.faults.Scenario.REGISTRY_DOWN;
import static io.checkoutmetrics.faults.Scenario.SCALED;
import static io.checkoutmetrics.faults.Scenario.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long subscribers get nothing when instances and brokers go and come. In the build some of it once, where only
 * exactness counts. With {@code -Drecoveries=10} so often, and a table; with {@code -Dbounces=100} so many restarts of static
 * members, one after the other. {@code recovery.brokers} is 1 or 3, {@code recovery.outage} how many seconds brokers and registry are down,
 * {@code recovery.membership} {@code DYNAMIC}, {@code STATIC} or {@code STREAMS}, where the first two are not wanted; {@code recovery.scenarios} is {@code STOPPED,JOINED} where these are wanted
 * alone.
 */
class RecoveryIT {
    private static final Path FOLDER = Path.of("target", "recoveries").toAbsolutePath();
    private static final Duration SHORT_OUTAGE = Duration.ofSeconds(3);
    private static final long LONG_OUTAGE_S = 30;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @DisabledIfSystemProperty(named = "recoveries", matches = ".*")
    @DisabledIfSystemProperty(named = "bounces", matches = ".*")
    void instancesAndBrokersThatGoAndCome_loseNothing_andDoubleNothing() throws IOException {
        assertExact(run(Membership.DYNAMIC, List.of(KILLED, JOINED, BROKERS_DOWN), SHORT_OUTAGE));
    }

    @Test
    @EnabledIfSystemProperty(named = "recoveries", matches = "\\d+")
    void manyRecoveries_areMeasured_andExact() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Membership membership : memberships()) {
            List<Scenario> all = new ArrayList<>();
            for (int i = 0; i < Integer.getInteger("recoveries"); i++) {
                all.addAll(scenarios(membership));
            }
            RecoveryRun.Result result =
                    run(membership, all, Duration.ofSeconds(Long.getLong("recovery.outage", LONG_OUTAGE_S)));
            table.append(result.rows(membership));
            Campaign.say("| Members | What happens | Times | Median | Longest |\n|---|---|--:|--:|--:|\n" + table);
            assertExact(result);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "bounces", matches = "\\d+")
    void manyBounces_areExact() throws IOException {
        RecoveryRun.Result result =
                run(Membership.STATIC, Collections.nCopies(Integer.getInteger("bounces"), BOUNCED), SHORT_OUTAGE);

        Campaign.say(result.rows(Membership.STATIC));
        assertExact(result);
    }

    private static List<Membership> memberships() {
        String name = System.getProperty("recovery.membership", "");
        return name.isEmpty() ? List.of(Membership.DYNAMIC, Membership.STATIC) : List.of(Membership.valueOf(name));
    }

    private static List<Scenario> scenarios(Membership membership) {
        String names = System.getProperty("recovery.scenarios", "");
        if (!names.isEmpty()) {
            return Stream.of(names.split(",")).map(Scenario::valueOf).toList();
        }
        return membership == Membership.STATIC
                ? List.of(BOUNCED, KILLED_AND_BACK)
                : List.of(NOTHING, KILLED, JOINED, STOPPED, SCALED, JOINED, BROKERS_DOWN, REGISTRY_DOWN);
    }

    private static RecoveryRun.Result run(Membership membership, List<Scenario> scenarios, Duration outage)
            throws IOException {
        return new RecoveryRun(FOLDER, Integer.getInteger("recovery.brokers", 1), membership, outage, scenarios).run();
    }

    private static void assertExact(RecoveryRun.Result result) {
        assertThat(result.verdict().isClean()).as(result.verdict().toString()).isTrue();
        assertThat(result.unexpectedEnds()).isEmpty();
    }
}
