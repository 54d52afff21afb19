package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class InputPositionsTest {
    private static final TopicPartition HITS = new TopicPartition("hits", 0);
    private static final Object CONSUMER = new Object();

    private final InputPositions positions = new InputPositions();

    private void reads(long nextToFetch, long lastReturned) {
        positions.moved(HITS, new InputPositions.Position(CONSUMER, nextToFetch, lastReturned));
    }

    @Test
    void partitionNobodyReads_isNotTaken() {
        assertThat(positions.isTakenTo(HITS, 0, 0)).isFalse();
        reads(10, 9);
        positions.released(HITS, CONSUMER);
        assertThat(positions.isTakenTo(HITS, 10, 9)).isFalse();
    }

    @Test
    void emptyPartition_isTaken_onceItIsRead() {
        reads(0, -1);
        assertThat(positions.isTakenTo(HITS, 0, 0)).isTrue();
        assertThat(positions.isTakenTo(HITS, 1, 0)).isFalse();
    }

    @Test
    void recordsThatWaitInTheEngine_areNotTakenYet() {
        reads(10, 9);
        assertThat(positions.isTakenTo(HITS, 10, 9)).isFalse();
        assertThat(positions.isTakenTo(HITS, 9, 9)).isTrue();
        assertThat(positions.isTakenTo(HITS, 10, 10)).isTrue();
    }

    @Test
    void markersOfTransactions_areNoRecordsToWaitFor() {
        reads(12, 9);
        assertThat(positions.isTakenTo(HITS, 12, 10)).isTrue();
        assertThat(positions.isTakenTo(HITS, 13, 10)).isFalse();
    }

    @Test
    void nothingNewAfterARestart_isTaken() {
        reads(12, -1);
        assertThat(positions.isTakenTo(HITS, 12, 0)).isTrue();
    }

    @Test
    void anotherConsumer_isNotReleasedByTheOneBefore() {
        reads(12, -1);
        positions.released(HITS, new Object());
        assertThat(positions.isTakenTo(HITS, 12, 0)).isTrue();
    }
}
