package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

class ArrivalsTest {
    private static final long SLICE = 10;

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("arrivals");

    private static List<HitTally> flush(Arrivals arrivals, long timeMs) {
        List<HitTally> tallies = new ArrayList<>();
        arrivals.flush(Watermark.active(timeMs), tallies::add);
        return tallies;
    }

    @Test
    void hits_areTalliedBySuiteAndSlice_andHandedOnOnce() {
        Arrivals arrivals = new Arrivals(store);
        arrivals.hits(new HitTally("eu", 10, 1), 11);
        arrivals.hits(new HitTally("eu", 10, 1), 19);
        arrivals.hits(new HitTally("eu", 20, 1), 20);
        arrivals.hits(new HitTally("us", 10, 1), 11);
        assertThat(flush(arrivals, 20))
                .containsExactlyInAnyOrder(
                        new HitTally("eu", 10, 2), new HitTally("eu", 20, 1), new HitTally("us", 10, 1));
        assertThat(arrivals.hasTallies()).isFalse();
        assertThat(flush(arrivals, 21)).isEmpty();
    }

    @Test
    void beforeAnythingCame_thereIsNoTime() {
        Arrivals arrivals = new Arrivals(store);
        assertThat(arrivals.newestRecordMs()).isEmpty();
        assertThat(arrivals.passedOn()).isNull();
    }

    @Test
    void unreadable_movesTime_andIsNobodysHit() {
        Arrivals arrivals = new Arrivals(store);
        arrivals.unreadable(50);
        arrivals.unreadable(40);
        assertThat(arrivals.hasTallies()).isFalse();
        assertThat(new Arrivals(store).newestRecordMs()).hasValue(50);
    }

    @Test
    void afterARestart_talliesTimeAndWatermarkAreThere_andFlushedTalliesAreNot() {
        Arrivals before = new Arrivals(store);
        before.hits(new HitTally("eu", 10, 1), 11);
        assertThat(flush(before, 12)).hasSize(1);
        before.hits(new HitTally("eu", 30, 1), 33);
        before.hits(new HitTally("eu", 30, 1), 31);
        Arrivals after = new Arrivals(store);
        assertThat(after.newestRecordMs()).hasValue(33);
        assertThat(after.passedOn()).isEqualTo(Watermark.active(12));
        assertThat(flush(after, 40)).containsExactly(new HitTally("eu", 30, 2));
        assertThat(flush(new Arrivals(store), 50)).isEmpty();
    }

    @Test
    void suitesWithAnyName_doNotMix() {
        Arrivals arrivals = new Arrivals(store);
        for (String suite : List.of("eu", "eu\u0000", "t", "", "é", "e")) {
            arrivals.hits(new HitTally(suite, 10, 1), 11);
        }
        assertThat(flush(new Arrivals(store), 20)).hasSize(6).allMatch(tally -> tally.hits() == 1);
    }

    interface Step {
        Arrivals on(Story story);
    }

    private static final class Story {
        private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("arrivals");
        private final Map<String, Long> received = new TreeMap<>();
        private final Map<String, Long> handedOn = new TreeMap<>();
        private Arrivals arrivals = new Arrivals(store);
        private long newest = Long.MIN_VALUE;
        private Watermark passedOn = Watermark.active(Long.MIN_VALUE);

        Arrivals hit(String suite, long time) {
            arrivals.hits(new HitTally(suite, Slices.floor(time, SLICE), 1), time);
            received.merge(suite + "@" + time / SLICE * SLICE, 1L, Long::sum);
            newest = Math.max(newest, time);
            return arrivals;
        }

        Arrivals unreadable(long time) {
            arrivals.unreadable(time);
            newest = Math.max(newest, time);
            return arrivals;
        }

        Arrivals flush(Watermark watermark) {
            passedOn = watermark;
            arrivals.flush(
                    watermark,
                    tally -> handedOn.merge(tally.reportSuite() + "@" + tally.sliceStartMs(), tally.hits(), Long::sum));
            return arrivals;
        }

        Arrivals restart() {
            arrivals = new Arrivals(store);
            return arrivals;
        }
    }

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Step> hits = Combinators.combine(
                        Arbitraries.of("eu", "us"), Arbitraries.longs().between(0, 60))
                .as((suite, time) -> story -> story.hit(suite, time));
        Arbitrary<Step> unreadable = Arbitraries.longs().between(0, 60).map(time -> story -> story.unreadable(time));
        Arbitrary<Step> flush = InternalRecords.watermarks().map(any -> story -> story.flush(any.watermark()));
        return Arbitraries.oneOf(hits, unreadable, flush, Arbitraries.just(Story::restart));
    }

    @Property
    void wheneverItRestarts_everyHitIsHandedOnOnce_andTimeIsWhatItWas(
            @ForAll @Size(max = 30) List<@From("steps") Step> steps) {
        Story story = new Story();
        for (Step step : steps) {
            Arrivals now = step.on(story);
            assertThat(now.newestRecordMs().orElse(Long.MIN_VALUE)).isEqualTo(story.newest);
            assertThat(Objects.requireNonNullElse(now.passedOn(), Watermark.active(Long.MIN_VALUE)))
                    .isEqualTo(story.passedOn);
        }
        story.flush(Watermark.ended(100));
        assertThat(story.handedOn).isEqualTo(story.received);
    }
}
