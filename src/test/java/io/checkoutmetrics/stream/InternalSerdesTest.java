package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.serialization.Serde;
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
