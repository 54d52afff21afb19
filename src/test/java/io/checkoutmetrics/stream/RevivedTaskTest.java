package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.SomeCheckout;
import io.checkoutmetrics.window.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** After some failures the engine goes on with the same processor: it rolls the stores back and calls init again. */
class RevivedTaskTest {
    private static final long NOON = 1_767_600_000_000L;

    /** The engine's context of a task whose producer fails in the middle of a flush, once. */
    private static final class FailingContext<K> extends MockProcessorContext<K, ToRoll> {
        private final List<ToRoll> sent = new ArrayList<>();
        private boolean fails = true;

        @Override
        public <A extends K, V extends ToRoll> void forward(Record<A, V> record) {
            if (fails) {
                fails = false;
                throw new IllegalArgumentException("the producer timed out");
            }
            sent.add(record.value());
        }
    }

    @Test
    void flushThatFailedInTheMiddle_andIsDoneAgain_countsOnce() {
        FailingContext<byte[]> context = new FailingContext<>();
        CountOnce countOnce = new CountOnce(new SettingsSource().read(), 1, TestParts.unused());
        begin(countOnce, context);
        assertThatThrownBy(() -> receive(countOnce)).hasMessage("the producer timed out");
        begin(countOnce, context);
        receive(countOnce);
        assertThat(context.sent.stream()
                        .filter(CountsBundle.class::isInstance)
                        .flatMap(bundle -> ((CountsBundle) bundle).all().stream())
                        .flatMap(one -> one.counts().slices().stream())
                        .mapToLong(slice -> slice.counts().checkouts()))
                .as("the total, a country and a campaign")
                .containsExactly(1L, 1L, 1L);
        assertThat(context.sent).last().isInstanceOf(SourceWatermark.class);
    }

    @Test
    void watermarkThatIsReadAgain_isPassedOnAgain() {
        FailingContext<byte[]> context = new FailingContext<>();
        context.fails = false;
        CountOnce countOnce = new CountOnce(new SettingsSource().read(), 1, TestParts.unused());
        begin(countOnce, context);
        receive(countOnce);
        int sent = context.sent.size();
        begin(countOnce, context);
        receive(countOnce);
        assertThat(context.sent).hasSize(2 * sent);
    }

    private static void begin(CountOnce countOnce, FailingContext<byte[]> context) {
        TestStores.giveCountOnce(context);
        context.setCurrentStreamTimeMs(NOON);
        context.setCurrentSystemTimeMs(NOON);
        countOnce.init(context);
    }

    private static void receive(CountOnce countOnce) {
        CheckoutHit hit = SomeCheckout.in("eu")
                .event("A")
                .hitId("h1")
                .dimension("country", "fr")
                .dimension("campaign", "spring")
                .hit();
        Checkout checkout = new Checkout(hit, NOON, NOON, 0, 7);
        countOnce.process(new Record<>(Addresses.of(0), new ArrivalsBundle(List.of(checkout), List.of()), NOON));
        countOnce.process(
                new Record<>(new byte[0], new SourceWatermark(0, Watermark.active(NOON + 1_000), NOON), NOON));
    }
}
