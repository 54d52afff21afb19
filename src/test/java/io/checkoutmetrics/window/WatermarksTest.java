package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.window.Watermark.Mood;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    @Test
    void sourceThatHasNotSpoken_holdsEverythingBack() {
        Watermarks watermarks = new Watermarks(2);
        assertThat(watermarks.minimum()).isEmpty();
        watermarks.update(1, Watermark.active(500));
        assertThat(watermarks.minimum()).isEmpty();
        watermarks.update(0, Watermark.active(700));
        assertThat(watermarks.minimum()).contains(Watermark.active(500));
    }

    @Test
    void timeOfASource_neverGoesBack_butItsMoodChanges() {
        Watermarks watermarks = new Watermarks(1);
        watermarks.update(0, Watermark.active(500));
        assertThat(watermarks.update(0, Watermark.idle(400))).isEqualTo(Watermark.idle(500));
        assertThat(watermarks.minimum()).contains(Watermark.idle(500));
    }

    @Test
    void minimum_isIdleOnlyWhenAllThatHasNotEndedIsIdle() {
        Watermarks watermarks = new Watermarks(3);
        watermarks.update(0, Watermark.idle(500));
        watermarks.update(1, Watermark.active(700));
        watermarks.update(2, Watermark.ended(100));
        assertThat(watermarks.minimum()).contains(Watermark.active(500));
        watermarks.update(1, Watermark.idle(700));
        assertThat(watermarks.minimum()).contains(Watermark.idle(500));
    }

    @Test
    void onceAllHaveEnded_theNewestOfTheirTimesIsWhatWasReceived() {
        Watermarks watermarks = new Watermarks(2);
        watermarks.update(0, Watermark.ended(900));
        watermarks.update(1, Watermark.ended(100));
        assertThat(watermarks.minimum()).contains(Watermark.ended(900));
    }

    @Test
    void sourceThatDoesNotExist_isRefused() {
        assertThatThrownBy(() -> new Watermarks(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Watermarks(2).update(2, Watermark.active(0)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    record Said(int source, Watermark watermark) {}

    @Provide
    Arbitrary<Said> said() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs().between(-3, 20),
                        Arbitraries.of(Mood.class))
                .as((source, time, mood) -> new Said(source, new Watermark(time, mood)));
    }

    @Property
    void minimum_isANaiveFoldOverTheNewestTimeAndTheLastMoodOfEachSource(
            @ForAll @IntRange(min = 1, max = 4) int sources, @ForAll @Size(max = 20) List<@From("said") Said> all) {
        Watermarks watermarks = new Watermarks(sources);
        Map<Integer, Watermark> kept = new HashMap<>();
        for (Said said : all) {
            int source = said.source % sources;
            long newest = Math.max(
                    said.watermark.timeMs(),
                    kept.getOrDefault(source, Watermark.active(Long.MIN_VALUE)).timeMs());
            Watermark expected = new Watermark(newest, said.watermark.mood());
            kept.put(source, expected);
            assertThat(watermarks.update(source, said.watermark)).isEqualTo(expected);
            assertThat(watermarks.minimum()).isEqualTo(naiveMinimum(kept, sources));
        }
    }

    private static Optional<Watermark> naiveMinimum(Map<Integer, Watermark> kept, int sources) {
        if (kept.size() < sources) {
            return Optional.empty();
        }
        List<Watermark> running =
                kept.values().stream().filter(one -> one.mood() != Mood.ENDED).toList();
        if (running.isEmpty()) {
            return Optional.of(Watermark.ended(
                    kept.values().stream().mapToLong(Watermark::timeMs).max().orElseThrow()));
        }
        long oldest = running.stream().mapToLong(Watermark::timeMs).min().orElseThrow();
        boolean behind = running.stream().anyMatch(one -> one.mood() == Mood.BEHIND && one.timeMs() == oldest);
        if (behind) {
            return Optional.of(Watermark.behind(oldest));
        }
        boolean idle = running.stream().allMatch(one -> one.mood() == Mood.IDLE);
        return Optional.of(new Watermark(oldest, idle ? Mood.IDLE : Mood.ACTIVE));
    }
}
