package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapLimitsTest {
    private static final long MEGABYTE = 1L << 20;

    @Test
    void allPartitionsTogether_takeAPartOfTheHeap() {
        HeapLimits each = HeapLimits.of(4, 192 * MEGABYTE);
        assertThat(each.series()).isEqualTo(5_033);
        assertThat(each.pendingSize()).isEqualTo(2 * MEGABYTE);
    }

    @Test
    void veryManyPartitions_orVeryMuchHeap_leaveEachEnoughAndNotTooMuch() {
        HeapLimits small = HeapLimits.of(1_000, 64 * MEGABYTE);
        assertThat(small.series()).isEqualTo(500);
        assertThat(small.pendingSize()).isEqualTo(MEGABYTE);
        assertThat(HeapLimits.of(1, 1L << 50).series()).isEqualTo(Integer.MAX_VALUE);
        assertThat(HeapLimits.of(1, 1L << 50).pendingSize()).isEqualTo(16 * MEGABYTE);
    }
}
