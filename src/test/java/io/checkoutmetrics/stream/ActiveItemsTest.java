package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.SomeCheckout;
import io.checkoutmetrics.metric.Series;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Two items of a dimension count by themselves, until they have been silent for 16 s; a step is a second. */
class ActiveItemsTest {
    private static final String SUMMED_UP = Series.LOW_TRAFFIC;

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("items");
    private ActiveItems items = new ActiveItems(store, 2, 16_000, 100);

    private List<String> at(long second, String suite, String... ofDimensions) {
        return summedUp(
                second,
                suite,
                IntStream.range(0, ofDimensions.length)
                        .mapToObj(i -> new DimensionItem("dimension" + i, ofDimensions[i]))
                        .toList());
    }

    private List<String> products(long second, String... names) {
        return summedUp(
                second,
                "eu",
                Arrays.stream(names)
                        .map(name -> new DimensionItem("product", name))
                        .toList());
    }

    private List<String> summedUp(long second, String suite, List<DimensionItem> ofDimensions) {
        CheckoutHit hit = SomeCheckout.in(suite).dimensions(ofDimensions).hit();
        long timeMs = 1_000 * second;
        return items.summedUp(new Checkout(hit, timeMs, timeMs, 0, 0)).hit().dimensionItems().stream()
                .map(DimensionItem::item)
                .toList();
    }

    private String item(long second, String item) {
        return at(second, "eu", item).get(0);
    }

    private boolean isSummedUp(String dimension) {
        return items.isSummedUp(new Series("eu", dimension, "any"));
    }

    @Test
    void firstItems_countByThemselves_andOthersAreSummedUp() {
        assertThat(item(1, "a")).isEqualTo("a");
        assertThat(item(1, "b")).isEqualTo("b");
        assertThat(isSummedUp("dimension0")).isFalse();
        assertThat(item(2, "c")).isEqualTo(SUMMED_UP);
        assertThat(item(2, "a")).isEqualTo("a");
        assertThat(isSummedUp("dimension0")).isTrue();
        assertThat(items.isSummedUp(Series.total("eu"))).isFalse();
    }

    @Test
    void reportSuitesAndDimensions_haveRoomOfTheirOwn() {
        assertThat(at(1, "eu", "a", "a")).containsExactly("a", "a");
        assertThat(at(1, "eu", "b", "a")).containsExactly("b", "a");
        assertThat(at(1, "eu", "c", "b")).containsExactly(SUMMED_UP, "b");
        assertThat(at(1, "us", "c", "c")).containsExactly("c", "c");
        assertThat(isSummedUp("dimension0")).isTrue();
        assertThat(isSummedUp("dimension1")).isFalse();
    }

    @Test
    void itemThatFallsSilent_makesRoom_afterThatLongAndNotBefore() {
        item(1, "a");
        item(1, "b");
        assertThat(item(10, "b")).isEqualTo("b");
        assertThat(item(17, "c")).isEqualTo(SUMMED_UP);
        assertThat(item(18, "c")).isEqualTo("c");
        assertThat(item(18, "a")).isEqualTo(SUMMED_UP);
        assertThat(item(26, "b")).isEqualTo("b");
    }

    @Test
    void onceNothingIsSummedUp_nobodySaysSo() {
        item(1, "a");
        item(1, "b");
        item(1, "c");
        item(17, "a");
        assertThat(isSummedUp("dimension0")).isTrue();
        item(18, "a");
        assertThat(isSummedUp("dimension0")).isFalse();
    }

    @Test
    void itemsThatAreNone_takeNoRoom_andOneCalledAsTheSumIsPartOfIt() {
        assertThat(item(1, CheckoutHit.NONE)).isEqualTo(CheckoutHit.NONE);
        assertThat(item(1, CheckoutHit.INVALID)).isEqualTo(CheckoutHit.INVALID);
        assertThat(item(1, CheckoutHit.MORE)).isEqualTo(CheckoutHit.MORE);
        assertThat(item(1, SUMMED_UP)).isEqualTo(SUMMED_UP);
        assertThat(isSummedUp("dimension0")).isFalse();
        assertThat(item(1, "a")).isEqualTo("a");
        assertThat(item(1, "b")).isEqualTo("b");
        assertThat(item(1, "c")).isEqualTo(SUMMED_UP);
        assertThat(item(1, CheckoutHit.NONE)).isEqualTo(CheckoutHit.NONE);
    }

    @Test
    void productsOfOneCheckoutThatAreSummedUp_countOnceForTheSum() {
        assertThat(products(1, "a", "b", "c", "d")).containsExactly("a", "b", SUMMED_UP);
        assertThat(products(1, "c", "a", "d", "b")).containsExactly(SUMMED_UP, "a", "b");
        assertThat(products(1, "d", "c")).containsExactly(SUMMED_UP);
        assertThat(products(1, "c", CheckoutHit.MORE)).containsExactly(SUMMED_UP, CheckoutHit.MORE);
        assertThat(isSummedUp("product")).isTrue();
    }

    @Test
    void sumsOfTwoDimensions_areOfEachItsOwn() {
        assertThat(at(1, "eu", "a", "a")).containsExactly("a", "a");
        assertThat(at(1, "eu", "b", "b")).containsExactly("b", "b");
        assertThat(at(1, "eu", "c", "c")).containsExactly(SUMMED_UP, SUMMED_UP);
    }

    @Test
    void whatWasDecided_holdsAfterARestart_andWithoutRoomOnTheHeap() {
        ActiveItems always = items;
        KeyValueStore<Bytes, byte[]> other = TestStores.inMemory("other");
        for (int i = 0; i < 2_000; i++) {
            String item = "item" + i * 7 % 5;
            long second = i % 50 == 0 ? i + 20 : i;
            items = always;
            String decided = item(second, item);
            boolean summedUp = isSummedUp("dimension0");
            items = new ActiveItems(other, 2, 16_000, 1);
            assertThat(item(second, item)).as("checkout " + i).isEqualTo(decided);
            assertThat(isSummedUp("dimension0")).as("checkout " + i).isEqualTo(summedUp);
        }
    }

    @Test
    void storeHoldsWhatIsActive_andNoMore() {
        for (int i = 0; i < 1_000; i++) {
            item(20L * i, "item" + i);
        }
        assertThat(TestStores.keys(store)).hasSize(2);
    }

    @Test
    void manyItemsThatFallSilentTogether_allMakeRoom() {
        items = new ActiveItems(store, 25_000, 16_000, 100);
        for (int i = 0; i < 25_000; i++) {
            item(1, "item" + i);
        }
        assertThat(item(2, "one more")).isEqualTo(Series.LOW_TRAFFIC);

        assertThat(item(100, "one more")).isEqualTo("one more");

        assertThat(TestStores.keys(store)).hasSize(2);
    }
}
