package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/** What is to be added to series of one partition: in one record, as {@link ArrivalsBundle} is. */
record CountsBundle(List<OfSeries> all) implements ToRoll {

    /**
     * @param series key of the series, as the output topics have it
     * @param isByTimeReceived whether the slices are of the time that checkouts were received, for {@link WatchedSeries};
     *     else of when they happened
     */
    record OfSeries(Bytes series, boolean isByTimeReceived, SeriesCounts counts) {}

    CountsBundle {
        all = List.copyOf(all);
    }

    void writeTo(BinaryWriter out) {
        out.number(all.size());
        for (OfSeries one : all) {
            int length = one.series.get().length;
            out.number(one.isByTimeReceived ? -length : length).bytes(one.series.get());
            one.counts.writeTo(out);
        }
    }

    static CountsBundle readFrom(BinaryReader in) {
        int size = in.count();
        List<OfSeries> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int length = in.count();
            all.add(new OfSeries(Bytes.wrap(in.bytes(Math.abs(length))), length < 0, SeriesCounts.readFrom(in)));
        }
        return new CountsBundle(all);
    }
}
