package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.Item;
import io.checkoutmetrics.hit.SomeCheckout;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalSerdesTest {
    @Provide
    Arbitrary<ToCount> toCount() {
        return Arbitraries.oneOf(InternalRecords.arrivals(), InternalRecords.watermarks());
    }

    @Provide
    Arbitrary<ToRoll> toRoll() {
        return Arbitraries.oneOf(InternalRecords.countsBundles(), InternalRecords.watermarks());
    }

    private static <T> T thereAndBack(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("topic", serde.serializer().serialize("topic", value));
    }

    @Property
    void whatGoesToTheSecondStage_arrivesAsItWasSent(@ForAll("toCount") ToCount sent) {
        assertThat(thereAndBack(InternalSerdes.toCount(), sent)).isEqualTo(sent);
    }

    @Property
    void whatGoesToTheThirdStage_arrivesAsItWasSent(@ForAll("toRoll") ToRoll sent) {
        assertThat(thereAndBack(InternalSerdes.toRoll(), sent)).isEqualTo(sent);
    }

    @Test
    void recordOfAKindFromTheFuture_isRefused_sayingWhereItMayComeFrom() {
        assertThatThrownBy(() -> InternalSerdes.toCount().deserializer().deserialize("topic", new byte[] {99, 0}))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("unknown kind 99")
                .hasMessageContaining("newer version");
        assertThatThrownBy(() -> InternalSerdes.toRoll().deserializer().deserialize("topic", new byte[] {1, 0}))
                .hasMessageContaining("unknown kind 1");
    }

    @Test
    void checkoutsOfAnEarlierVersion_areRead_andWrittenToTheByte() {
        byte[] stored = HexFormat.of()
                .parseHex("010601040e636f756e7472791063616d706169676e04657502147363436865636b6f757404413104046831"
                        + "0106762d310466720c737072696e67d00fd20f040e0004657502147363436865636b6f7574010201027601"
                        + "0c286e6f6e652904c3a9880ed40f0410010004757302147363436865636b6f75740102010101d60fd60f00"
                        + "d80402046575d00f0a");
        DimensionItem france = new DimensionItem("country", "fr");
        DimensionItem nowhere = new DimensionItem("country", "(none)");
        Checkout one = checkout(
                "eu",
                new Item("scCheckout", "A1", 2),
                "h1",
                null,
                "v-1",
                france,
                new DimensionItem("campaign", "spring"));
        Checkout two = checkout(
                "eu",
                new Item("scCheckout", null, 1),
                null,
                "v",
                null,
                nowhere,
                new DimensionItem("campaign", "\u00e9"));
        Checkout three = checkout("us", new Item("scCheckout", null, 1), null, null, null);

        ToCount read = InternalSerdes.toCount().deserializer().deserialize("topic", stored);

        assertThat(((ArrivalsBundle) read).checkouts())
                .extracting(Checkout::hit)
                .containsExactly(one.hit(), two.hit(), three.hit());
        assertThat(InternalSerdes.toCount().serializer().serialize("topic", read))
                .isEqualTo(stored);
    }

    @Test
    void checkoutsOfSeveralProducts_andOfOne_arriveAsTheyWereSent() {
        Item item = new Item("scCheckout", null, 1);
        DimensionItem a = new DimensionItem("product", "a");
        DimensionItem b = new DimensionItem("product", "b");
        DimensionItem shoes = new DimensionItem("category", "shoes");
        ArrivalsBundle sent = new ArrivalsBundle(
                List.of(
                        checkout("eu", item, null, null, null, a, b, shoes),
                        checkout("eu", item, null, null, null, b, a, shoes),
                        checkout("eu", item, null, null, null, b, shoes),
                        checkout("eu", item, null, null, null)),
                List.of());

        assertThat(thereAndBack(InternalSerdes.toCount(), sent)).isEqualTo(sent);
    }

    private static Checkout checkout(
            String suite,
            Item item,
            @Nullable String hitId,
            @Nullable String visitorId,
            @Nullable String visitId,
            DimensionItem... items) {
        CheckoutHit hit = SomeCheckout.in(suite)
                .items(List.of(item))
                .hitId(hitId)
                .visitor(visitorId)
                .visit(visitId)
                .dimensions(List.of(items))
                .hit();
        return new Checkout(hit, 1_000, 1_001, 0, 7);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, 63, -64, 64, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbersOfAnySize_areReadAsTheyWereWritten(long number) {
        BinaryReader in =
                new BinaryReader(new BinaryWriter().number(number).tag(7).toBytes());
        assertThat(in.number()).isEqualTo(number);
        assertThat(in.tag()).isEqualTo(7);
    }

    @Test
    void smallNumbersOfEitherSign_areOneByte_andTheLargestTen() {
        assertThat(new BinaryWriter().number(-64).number(63).toBytes()).hasSize(2);
        assertThat(new BinaryWriter().number(Long.MIN_VALUE).toBytes()).hasSize(10);
    }

    @Test
    void textThatIsAbsent_isNotTheEmptyOne() {
        BinaryReader in =
                new BinaryReader(new BinaryWriter().text(null).text("").toBytes());
        assertThat(in.optionalText()).isNull();
        assertThat(in.optionalText()).isEmpty();
        BinaryReader missing = new BinaryReader(new BinaryWriter().text(null).toBytes());
        assertThatThrownBy(missing::text).isInstanceOf(IllegalStateException.class);
    }
}
