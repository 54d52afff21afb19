package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Watermark;
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

/** Hits, watermarks and restarts in any order. */
class ArrivalsRestartsTest {
    private static final long SLICE = 10;
    private static final int SHARDS = 3;

    interface Step {
        Arrivals on(Story story);
    }

    private static final class Story {
        private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("arrivals");
        private final Map<String, Long> received = new TreeMap<>();
        private final Map<String, Long> handedOn = new TreeMap<>();
        private Arrivals arrivals = open();
        private long newest = Long.MIN_VALUE;
        private Watermark passedOn = Watermark.active(Long.MIN_VALUE);

        private Arrivals open() {
            return new Arrivals(
                    store,
                    SHARDS,
                    (shard, bundle) -> bundle.tallies()
                            .forEach(tally -> handedOn.merge(
                                    tally.reportSuite() + "@" + tally.sliceStartMs(), tally.hits(), Long::sum)));
        }

        Arrivals hit(String suite, long time) {
            arrivals.hits(new HitTally(suite, Slices.floor(time, SLICE), 1), time);
            received.merge(suite + "@" + time / SLICE * SLICE, 1L, Long::sum);
            newest = Math.max(newest, time);
            return arrivals;
        }

        Arrivals unreadable(long time) {
            arrivals.newestAt(time);
            newest = Math.max(newest, time);
            return arrivals;
        }

        Arrivals flush(Watermark watermark) {
            passedOn = watermark;
            arrivals.flush(watermark);
            return arrivals;
        }

        Arrivals restart() {
            arrivals.writeBehind();
            arrivals = open();
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
