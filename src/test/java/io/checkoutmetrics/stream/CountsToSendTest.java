package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class CountsToSendTest {
    private static final int PARTITIONS = 3;

    private final List<Integer> partitions = new ArrayList<>();
    private final List<CountsBundle> bundles = new ArrayList<>();
    private final CountsToSend counts = new CountsToSend(PARTITIONS, (partition, bundle) -> {
        partitions.add(partition);
        bundles.add(bundle);
    });

    private static SeriesCounts ofSlices(int slices) {
        return new SeriesCounts(LongStream.range(0, slices)
                .mapToObj(i -> new SeriesCounts.SliceCounts(1_767_600_000_000L + i, Counts.ofCheckout(1), i))
                .toList());
    }

    private static Series item(int number) {
        return new Series("eu", "country", "item" + number);
    }

    @Test
    void counts_areGatheredByThePartitionOfTheirSeries() {
        for (int i = 0; i < 50; i++) {
            counts.add(item(i), ofSlices(1));
        }
        assertThat(bundles).isEmpty();
        counts.send();
        assertThat(partitions).containsExactly(0, 1, 2);
        for (int i = 0; i < PARTITIONS; i++) {
            int partition = partitions.get(i);
            assertThat(bundles.get(i).all())
                    .allSatisfy(one -> assertThat(
                                    Utils.toPositive(Utils.murmur2(one.series().get())) % PARTITIONS)
                            .isEqualTo(partition));
        }
        assertThat(bundles.stream()
                        .flatMap(bundle -> bundle.all().stream())
                        .map(one -> one.series().get()))
                .hasSize(50)
                .contains(SeriesKey.of(item(7)));
        counts.send();
        assertThat(bundles).hasSize(3);
    }

    @Test
    void whatWouldMakeARecordTooLarge_goesBefore() {
        for (int i = 0; i < 20; i++) {
            counts.add(item(0), ofSlices(1_000));
        }
        assertThat(bundles).isNotEmpty();
        counts.send();
        assertThat(bundles)
                .hasSizeLessThan(5)
                .allSatisfy(bundle -> assertThat(
                                InternalSerdes.toRoll().serializer().serialize("t", bundle))
                        .hasSizeLessThan(CountsToSend.MOST_BYTES));
        assertThat(bundles.stream().mapToInt(bundle -> bundle.all().size()).sum())
                .isEqualTo(20);
    }
}
