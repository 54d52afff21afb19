package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.SomeCheckout;
import io.checkoutmetrics.window.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second stage, when time leaps: in steps, and in portions that a transaction holds. */
class CountOnceLeapTest {
    private static final long NOON = 1_767_600_000_000L;

    private final MockProcessorContext<byte[], ToRoll> context = new MockProcessorContext<>();
    private final CountOnce countOnce =
            new CountOnce(new SettingsSource().set("dimensions", "").read(), 1, TestParts.unused());
    private long offset;

    @BeforeEach
    void init() {
        TestStores.giveCountOnce(context);
        context.setCurrentStreamTimeMs(NOON);
        context.setCurrentSystemTimeMs(NOON);
        countOnce.init(context);
    }

    private void checkout(long receivedMs) {
        CheckoutHit hit = SomeCheckout.in("eu").hitId("h" + offset).hit();
        Checkout checkout = new Checkout(hit, receivedMs, receivedMs, 0, offset++);
        ArrivalsBundle bundle = new ArrivalsBundle(List.of(checkout), List.of());
        countOnce.process(new Record<>(Addresses.of(0), bundle, receivedMs));
    }

    /** What is handed on when input is complete up to then. */
    private List<ToRoll> completeUpTo(long timeMs) {
        context.resetForwards();
        countOnce.process(
                new Record<>(new byte[0], new SourceWatermark(0, Watermark.active(timeMs), NOON), Math.max(0, timeMs)));
        List<ToRoll> sent = new ArrayList<>();
        context.forwarded().forEach(forward -> sent.add(forward.record().value()));
        return sent;
    }

    private static List<Watermark> watermarks(List<ToRoll> sent) {
        return sent.stream()
                .filter(SourceWatermark.class::isInstance)
                .map(watermark -> ((SourceWatermark) watermark).watermark())
                .toList();
    }

    private static LongStream checkouts(List<ToRoll> sent) {
        return sent.stream()
                .filter(CountsBundle.class::isInstance)
                .flatMap(bundle -> ((CountsBundle) bundle).all().stream())
                .flatMap(one -> one.counts().slices().stream())
                .mapToLong(slice -> slice.counts().checkouts());
    }

    @Test
    void leapOfHours_isPassedOnInSteps_ofWhichOnlyTheLastIsOfNow() {
        completeUpTo(NOON);
        checkout(NOON + 10_000);
        checkout(NOON + 3_600_000);
        assertThat(watermarks(completeUpTo(NOON + 7_200_000)))
                .containsExactly(
                        Watermark.behind(NOON + 70_000),
                        Watermark.behind(NOON + 3_660_000),
                        Watermark.behind(NOON + 7_140_000),
                        Watermark.active(NOON + 7_200_000));
    }

    @Test
    void afterARestart_timeDoesNotGoBack() {
        completeUpTo(NOON);
        context.<BeforeCommit>getStateStore(Stores.COUNT_ONCE_COMMITS).flushCache();
        countOnce.init(context);
        assertThat(watermarks(completeUpTo(NOON - 1_000))).containsExactly(Watermark.active(NOON));
    }

    @Test
    void restartInBetween_andTheRestFollowsAllTheSame() {
        completeUpTo(NOON);
        for (int i = 0; i < 25_000; i++) {
            checkout(NOON + i);
        }
        List<ToRoll> first = completeUpTo(NOON + 30_000);
        context.<BeforeCommit>getStateStore(Stores.COUNT_ONCE_COMMITS).flushCache();
        countOnce.init(context);
        List<ToRoll> rest = completeUpTo(NOON + 30_000);
        assertThat(checkouts(first).sum() + checkouts(rest).sum()).isEqualTo(25_000);
        assertThat(watermarks(rest)).containsExactly(Watermark.active(NOON + 30_000));
    }

    @Test
    void veryManyCheckouts_areTakenInPortions_andTheRestFollowsWithTheSameWatermarkOnceMore() {
        completeUpTo(NOON);
        for (int i = 0; i < 25_000; i++) {
            checkout(NOON + i);
        }
        List<ToRoll> first = completeUpTo(NOON + 30_000);
        assertThat(checkouts(first).sum()).isBetween(20_000L, 21_000L);
        assertThat(watermarks(first)).singleElement().satisfies(reached -> {
            assertThat(reached.mood()).isEqualTo(Watermark.Mood.BEHIND);
            assertThat(reached.timeMs()).isEqualTo(NOON + checkouts(first).sum());
        });
        List<ToRoll> rest = completeUpTo(NOON + 30_000);
        assertThat(checkouts(first).sum() + checkouts(rest).sum()).isEqualTo(25_000);
        assertThat(watermarks(rest)).containsExactly(Watermark.active(NOON + 30_000));
    }
}
