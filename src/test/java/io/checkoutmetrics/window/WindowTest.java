package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Window FIVE_MINUTES = Window.ofSizeAndSlide(Duration.ofMinutes(5), Duration.ofMinutes(1));

    private static long at(String timeOfDay) {
        return Instant.parse("2026-01-05T" + timeOfDay + "Z").toEpochMilli();
    }

    @Test
    void insideASlide_endIsTheSlidesEnd() {
        assertThat(FIVE_MINUTES.endAsOf(at("10:07:30"))).isEqualTo(at("10:08:00"));
    }

    @Test
    void atASlidesEnd_windowIsTheOneThatEndsThere_andOneMillisecondLaterTheNext() {
        assertThat(FIVE_MINUTES.endAsOf(at("10:08:00"))).isEqualTo(at("10:08:00"));
        assertThat(FIVE_MINUTES.endAsOf(at("10:08:00") + 1)).isEqualTo(at("10:09:00"));
    }

    @Test
    void slices_areAhead_current_previous_thenPast() {
        long end = at("10:08:00");
        assertThat(FIVE_MINUTES.placeOf(end, end)).isEqualTo(Window.Place.AHEAD);
        assertThat(FIVE_MINUTES.placeOf(at("10:07:00"), end)).isEqualTo(Window.Place.CURRENT);
        assertThat(FIVE_MINUTES.placeOf(at("10:03:00"), end)).isEqualTo(Window.Place.CURRENT);
        assertThat(FIVE_MINUTES.placeOf(at("10:02:00"), end)).isEqualTo(Window.Place.PREVIOUS);
        assertThat(FIVE_MINUTES.placeOf(at("09:58:00"), end)).isEqualTo(Window.Place.PREVIOUS);
        assertThat(FIVE_MINUTES.placeOf(at("09:57:00"), end)).isEqualTo(Window.Place.PAST);
    }

    @Test
    void slideThatDoesNotDivideTheSize_isRefused_namingBoth() {
        assertThatThrownBy(() -> new Window(60_000, 7_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slide 7000 ms does not divide size 60000 ms");
    }

    @Test
    void sizeOrSlideThatIsNotPositive_isRefused() {
        assertThatThrownBy(() -> new Window(60_000, 0)).hasMessage("slide must be positive: 0 ms");
        assertThatThrownBy(() -> new Window(60_000, -1_000)).hasMessage("slide must be positive: -1000 ms");
        assertThatThrownBy(() -> new Window(0, 1_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Window(-60_000, 1_000)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Of all HOP windows, counted off one by one from the epoch, the window as of a moment is the first that ends at it
     * or later.
     */
    @Property
    void end_isTheFirstOfAllHopWindowsThatEndsAtTheMomentOrLater(
            @ForAll @IntRange(min = 1, max = 30) int slide,
            @ForAll @IntRange(min = 1, max = 12) int slidesPerSize,
            @ForAll @IntRange(max = 2_000) int asOf) {
        long naive = 0;
        while (naive < asOf) {
            naive += slide;
        }
        assertThat(new Window((long) slide * slidesPerSize, slide).endAsOf(asOf))
                .isEqualTo(naive);
    }

    @Property
    void asOfAnyMoment_theMomentLiesInTheWindowsLastSlide(
            @ForAll @IntRange(min = 1, max = 1_000_000) int slide,
            @ForAll @IntRange(min = 1, max = 1_000) int slidesPerSize,
            @ForAll @LongRange(min = 946_684_800_000L, max = 4_102_444_800_000L) long asOf) {
        long end = new Window((long) slide * slidesPerSize, slide).endAsOf(asOf);
        assertThat(end % slide).isZero();
        assertThat(asOf).isGreaterThan(end - slide).isLessThanOrEqualTo(end);
    }

    /** Enumerates the slices of the window and of the one before, and looks the slice up among them. */
    @Property
    void place_isWhereAnEnumerationOfBothWindowsFindsTheSlice(
            @ForAll @IntRange(min = 1, max = 30) int slide,
            @ForAll @IntRange(min = 1, max = 12) int slidesPerSize,
            @ForAll @IntRange(min = -40, max = 40) int slice,
            @ForAll @IntRange(min = -40, max = 40) int endSlice) {
        Window window = new Window((long) slide * slidesPerSize, slide);
        Window.Place naive = slice >= endSlice ? Window.Place.AHEAD : Window.Place.PAST;
        for (int i = 1; i <= slidesPerSize; i++) {
            if (endSlice - i == slice) {
                naive = Window.Place.CURRENT;
            } else if (endSlice - slidesPerSize - i == slice) {
                naive = Window.Place.PREVIOUS;
            }
        }
        assertThat(window.placeOf((long) slice * slide, (long) endSlice * slide))
                .isEqualTo(naive);
    }

    @Property
    void memory_isAsLongAsASliceHasAPlace(
            @ForAll @IntRange(min = 1, max = 30) int slide, @ForAll @IntRange(min = 1, max = 12) int slidesPerSize) {
        Window window = new Window((long) slide * slidesPerSize, slide);
        long end = 1_000L * slide;
        assertThat(window.placeOf(end - window.memoryMs(), end)).isEqualTo(Window.Place.PREVIOUS);
        assertThat(window.placeOf(end - window.memoryMs() - slide, end)).isEqualTo(Window.Place.PAST);
    }
}
