package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/** Counts on their way to the next stage, put together by the partition that their series is in. */
final class CountsToSend {
    /** About as many bytes in one record: far less than a broker takes, enough that the record itself costs nothing. */
    static final int MOST_BYTES = 200_000;

    private static final int BYTES_OF_SLICE = 32;

    /** Takes what is to be sent. */
    interface Next {
        void send(int partition, CountsBundle bundle);
    }

    private static final class Gathered {
        private final List<CountsBundle.OfSeries> all = new ArrayList<>();
        private int bytes;

        private CountsBundle take() {
            CountsBundle bundle = new CountsBundle(all);
            all.clear();
            bytes = 0;
            return bundle;
        }
    }

    private final Next next;
    private final List<Gathered> byPartition;

    /** @param partitions of the topic to the next stage */
    CountsToSend(int partitions, Next next) {
        this.next = next;
        this.byPartition = Stream.generate(Gathered::new).limit(partitions).toList();
    }

    /** Sends only what would make a record too large. */
    void add(Series series, SeriesCounts counts) {
        byte[] key = SeriesKey.of(series);
        int partition = Addresses.partitionOf(key, byPartition.size());
        int bytes = key.length + BYTES_OF_SLICE * (1 + counts.slices().size());
        Gathered gathered = byPartition.get(partition);
        if (!gathered.all.isEmpty() && gathered.bytes + bytes > MOST_BYTES) {
            next.send(partition, gathered.take());
        }
        gathered.all.add(new CountsBundle.OfSeries(Bytes.wrap(key), counts));
        gathered.bytes += bytes;
    }

    void send() {
        for (int partition = 0; partition < byPartition.size(); partition++) {
            if (!byPartition.get(partition).all.isEmpty()) {
                next.send(partition, byPartition.get(partition).take());
            }
        }
    }
}
