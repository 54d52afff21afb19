package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class SeenIdentitiesTest {
    private static final long SLACK = 10;

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("seen");
    private final SeenIdentities seen = new SeenIdentities(store, SLACK);

    @Test
    void identity_isSeenUntilItsMoment_exclusive() {
        seen.remember("a", 100);
        assertThat(seen.contains("a", 99)).isTrue();
        assertThat(seen.contains("a", 100)).isFalse();
        assertThat(seen.contains("b", 0)).isFalse();
    }

    @Test
    void sweep_forgetsOnlyWhatRanOutLongerAgoThanTheSlack() {
        seen.remember("a", 100);
        seen.sweep(10, 109);
        assertThat(seen.contains("a", 99)).isTrue();
        seen.sweep(10, 110);
        assertThat(seen.contains("a", 99)).isFalse();
        assertThat(TestStores.keys(store)).isEmpty();
    }

    @Test
    void sweepInSmallSteps_goesRoundAndRound() {
        for (int i = 0; i < 10; i++) {
            seen.remember("id" + i, i < 5 ? 1_000 : 100);
        }
        for (int step = 0; step < 4; step++) {
            seen.sweep(3, 500);
        }
        assertThat(TestStores.keys(store)).hasSize(5);
        for (int step = 0; step < 4; step++) {
            seen.sweep(3, 2_000);
        }
        assertThat(TestStores.keys(store)).isEmpty();
        seen.sweep(3, 3_000);
        seen.remember("id3", 3_100);
        assertThat(seen.contains("id3", 3_000)).isTrue();
    }

    @Test
    void whatIsRememberedBehindTheSweep_isSweptInTheNextRound() {
        seen.remember("m", 9_000);
        seen.remember("z", 9_000);
        seen.sweep(1, 500);
        seen.remember("a", 100);
        for (int step = 0; step < 4; step++) {
            seen.sweep(1, 500);
        }
        assertThat(TestStores.keys(store)).hasSize(2);
    }

    @Test
    void afterARestart_whatWasSeenIsStillSeen() {
        seen.remember("a", 100);
        assertThat(new SeenIdentities(store, SLACK).contains("a", 50)).isTrue();
    }

    private record Step(String identity, int time, int retention, int swept) {}

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(0, 3))
                .as(Step::new);
    }

    /** Records may be as much out of order as the slack: forgetting never shows. */
    @Property
    void sweeping_changesNoAnswer(@ForAll @Size(max = 40) List<@From("steps") Step> steps) {
        Map<String, Long> neverForgotten = new HashMap<>();
        SeenIdentities swept = new SeenIdentities(TestStores.inMemory("seen"), SLACK);
        long newest = 0;
        for (Step step : steps) {
            long time = Math.max(newest - SLACK, step.time);
            newest = Math.max(newest, time);
            boolean expected = time < neverForgotten.getOrDefault(step.identity, 0L);
            assertThat(swept.contains(step.identity, time)).isEqualTo(expected);
            if (!expected) {
                swept.remember(step.identity, time + step.retention);
                neverForgotten.put(step.identity, time + step.retention);
            }
            swept.sweep(step.swept, newest);
        }
    }
}
