package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.registry.RegistryClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Records that are not there any more, by whose they were. */
class HitReadingTest {
    private static final TopicPartition HITS = new TopicPartition("hits", 0);
    private static final TopicPartition BETWEEN = new TopicPartition("job-checkouts-repartition", 1);

    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

    private void pollWithoutRecordsFrom(TopicPartition partition, long offset) {
        HitIntake intake = new HitIntake(
                new SettingsSource().read(),
                new WriterSchemas(RegistryClient.of(Map.of("schema.registry.url", "http://never-asked.invalid"))),
                new MutableClock());
        HitReading reading = new HitReading(
                new WithoutRecords(partition, offset), "hits", new InputPositions(), intake.forConsumer());
        reading.poll(Duration.ZERO);
    }

    @Test
    void hitsDeletedBeforeTheyWereRead_stopTheJob() {
        committed.put(HITS, new OffsetAndMetadata(9));
        assertThatThrownBy(() -> pollWithoutRecordsFrom(HITS, 7))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("the hits of hits-0 from offset 7 on were deleted");
    }

    @Test
    void recordsBetweenTheStages_deletedBeforeAnybodyCommittedThem_stopTheJob() {
        committed.put(BETWEEN, new OffsetAndMetadata(7));
        assertThatThrownBy(() -> pollWithoutRecordsFrom(BETWEEN, 7))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("the records of job-checkouts-repartition-1 from offset 7 on were deleted")
                .hasMessageEndingWith("with output topics of its own.");
        committed.clear();
        assertThatThrownBy(() -> pollWithoutRecordsFrom(BETWEEN, 7)).isInstanceOf(IncompatibleStateException.class);
    }

    /** An instance that was frozen meanwhile: the group will tell it. */
    @Test
    void recordsBetweenTheStages_deletedSinceOthersHaveTakenThem_areTheEnginesBusiness() {
        committed.put(BETWEEN, new OffsetAndMetadata(8));
        assertThatThrownBy(() -> pollWithoutRecordsFrom(BETWEEN, 7)).isInstanceOf(OffsetOutOfRangeException.class);
    }

    private final class WithoutRecords implements HitReading.Raw {
        private final Map<TopicPartition, Long> wanted;

        WithoutRecords(TopicPartition partition, long offset) {
            wanted = Map.of(partition, offset);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            throw new OffsetOutOfRangeException(wanted);
        }

        @Override
        public void seek(TopicPartition partition, OffsetAndMetadata offset) {}

        @Override
        public void pause(Collection<TopicPartition> partitions) {}

        @Override
        public void resume(Collection<TopicPartition> partitions) {}

        @Override
        public Set<TopicPartition> assignment() {
            return wanted.keySet();
        }

        @Override
        public long position(TopicPartition partition, Duration timeout) {
            return 0;
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            assertThat(partitions).isEqualTo(wanted.keySet());
            return committed;
        }
    }
}
