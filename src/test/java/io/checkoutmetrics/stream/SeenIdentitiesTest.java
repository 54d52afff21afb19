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
        seen.put("a", Seen.until(100));
        assertThat(seen.get("a", 99).isSeen(99)).isTrue();
        assertThat(seen.get("a", 100).isSeen(100)).isFalse();
        assertThat(seen.get("b", 0).isSeen(0)).isFalse();
    }

    @Test
    void sweep_forgetsOnlyWhatRanOutLongerAgoThanTheSlack() {
        seen.put("a", Seen.until(100));
        seen.sweep(10, 109);
        assertThat(seen.get("a", 99).isSeen(99)).isTrue();
        seen.sweep(10, 110);
        assertThat(seen.get("a", 99).isSeen(99)).isFalse();
        assertThat(TestStores.keys(store)).isEmpty();
    }

    @Test
    void sweepInSmallSteps_goesRoundAndRound() {
        for (int i = 0; i < 10; i++) {
            seen.put("id" + i, Seen.until(i < 5 ? 1_000 : 100));
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
        seen.put("id3", Seen.until(3_100));
        assertThat(seen.get("id3", 3_000).isSeen(3_000)).isTrue();
    }

    @Test
    void whatIsRememberedBehindTheSweep_isSweptInTheNextRound() {
        seen.put("m", Seen.until(9_000));
        seen.put("z", Seen.until(9_000));
        seen.sweep(1, 500);
        seen.put("a", Seen.until(100));
        for (int step = 0; step < 4; step++) {
            seen.sweep(1, 500);
        }
        assertThat(TestStores.keys(store)).hasSize(2);
    }

    @Test
    void afterARestart_whatWasSeenIsStillSeen() {
        seen.put("a", Seen.until(100));
        assertThat(new SeenIdentities(store, SLACK).get("a", 50).isSeen(50)).isTrue();
    }

    @Test
    void sweep_keepsAnEntryAsLongAsAnyPartOfItMayBeAskedFor() {
        Seen known = Seen.until(100);
        known.counted("hit", 200);
        seen.put("a", known);
        Seen full = Seen.until(100);
        for (int i = 0; i <= Seen.MOST_HITS; i++) {
            full.counted("hit" + i, 100 + 20 * i);
        }
        seen.put("b", full);
        seen.sweep(10, 209);
        assertThat(seen.get("a", 199).hasCounted("hit", 199)).isTrue();
        seen.sweep(10, 210);
        assertThat(TestStores.keys(store)).hasSize(1);
        seen.sweep(10, 269);
        assertThat(seen.get("b", 259).isContinuedElsewhere(259)).isTrue();
        seen.sweep(10, 270);
        assertThat(TestStores.keys(store)).isEmpty();
    }

    @Test
    void hitsThatRanOut_makeRoom() {
        Seen known = Seen.until(1_000);
        for (int i = 0; i < Seen.MOST_HITS; i++) {
            assertThat(known.counted("hit" + i, 100)).isTrue();
        }
        seen.put("a", known);
        assertThat(seen.get("a", 109).counted("one more", 200)).isFalse();
        assertThat(seen.get("a", 110).counted("one more", 200)).isTrue();
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
            assertThat(swept.get(step.identity, time).isSeen(time)).isEqualTo(expected);
            if (!expected) {
                swept.put(step.identity, Seen.until(time + step.retention));
                neverForgotten.put(step.identity, time + step.retention);
            }
            swept.sweep(step.swept, newest);
        }
    }
}
