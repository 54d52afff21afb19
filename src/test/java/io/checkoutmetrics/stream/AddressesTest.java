package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private final Addresses<String> addresses = new Addresses<>();

    @Test
    void record_goesToThePartitionThatItsKeyNames_orToEvery() {
        assertThat(addresses.partitions("topic", Addresses.of(2), "", 4)).contains(Set.of(2));
        assertThat(addresses.partitions("topic", Addresses.EVERY_PARTITION, "", 4))
                .contains(Set.of(0, 1, 2, 3));
    }

    /** As Kafka's own partitioner has it, so that it stays the same from one version to the next. */
    @Test
    void whatHasTheSameInCommon_meetsAtOnePartition() {
        byte[] common = "e2:eu10:scCheckoutA1".getBytes(StandardCharsets.UTF_8);
        int partition = org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(common, 6);
        assertThat(Addresses.partitionOf(common.clone(), 6)).isEqualTo(partition);
    }
}
