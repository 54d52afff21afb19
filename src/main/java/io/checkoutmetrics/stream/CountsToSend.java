package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/** Counts on their way to the next stage, put together by the partition that their series is in. */
final class CountsToSend {
    /** About as many bytes in one record: far less than a broker takes, enough that the record itself costs nothing. */
    static final int MOST_BYTES = 200_000;

    private static final int BYTES_OF_SLICE = 32;
    private static final int MOST_ADDRESSES = 10_000;

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

    private record Address(Bytes key, int partition) {}

    private final Map<Series, Address> addresses = new HashMap<>();
    private final Next next;
    private final List<Gathered> byPartition;

    /** @param partitions of the topic to the next stage */
    CountsToSend(int partitions, Next next) {
        this.next = next;
        this.byPartition = Stream.generate(Gathered::new).limit(partitions).toList();
    }

    /** Sends only what would make a record too large. */
    void add(Series series, SeriesCounts counts) {
        add(series, false, counts);
    }

    /** The same, in slices of the time received. */
    void addByTimeReceived(Series series, SeriesCounts counts) {
        add(series, true, counts);
    }

    private void add(Series series, boolean isByTimeReceived, SeriesCounts counts) {
        Address to = addressOf(series);
        int bytes = to.key.get().length + BYTES_OF_SLICE * (1 + counts.slices().size());
        for (SeriesCounts.SliceCounts slice : counts.slices()) {
            bytes += slice.bytesOfVisitors();
        }
        Gathered gathered = byPartition.get(to.partition);
        if (!gathered.all.isEmpty() && gathered.bytes + bytes > MOST_BYTES) {
            next.send(to.partition, gathered.take());
        }
        gathered.all.add(new CountsBundle.OfSeries(to.key, isByTimeReceived, counts));
        gathered.bytes += bytes;
    }

    private Address addressOf(Series series) {
        if (addresses.size() >= MOST_ADDRESSES) {
            addresses.clear();
        }
        return addresses.computeIfAbsent(series, absent -> {
            byte[] key = SeriesKey.of(absent);
            return new Address(Bytes.wrap(key), Addresses.partitionOf(key, byPartition.size()));
        });
    }

    void send() {
        for (int partition = 0; partition < byPartition.size(); partition++) {
            if (!byPartition.get(partition).all.isEmpty()) {
                next.send(partition, byPartition.get(partition).take());
            }
        }
    }
}
