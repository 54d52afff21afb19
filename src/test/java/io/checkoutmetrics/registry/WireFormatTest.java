package io.checkoutmetrics.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
    @Test
    void header_isZeroAndTheIdBigEndian() {
        assertThat(WireFormat.frame(0x01020384, new byte[] {9})).containsExactly(0, 1, 2, 3, 0x84, 9);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 65_536, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void id_comesBack(int id) {
        assertThat(WireFormat.schemaId(WireFormat.frame(id, new byte[0]))).isEqualTo(id);
    }

    @Test
    void tooShortOrOtherMagic_isNotFramed() {
        assertThat(WireFormat.isFramed(new byte[0])).isFalse();
        assertThat(WireFormat.isFramed(new byte[4])).isFalse();
        assertThat(WireFormat.isFramed(new byte[] {1, 0, 0, 0, 1, 2})).isFalse();
        assertThat(WireFormat.isFramed(new byte[5])).isTrue();
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[4])).isInstanceOf(IllegalArgumentException.class);
    }
}
