package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/** What is to be added to series of one partition: in one record, as {@link ArrivalsBundle} is. */
record CountsBundle(List<OfSeries> all) implements ToRoll {

    /** @param series key of the series, as the output topics have it */
    record OfSeries(Bytes series, SeriesCounts counts) {}

    CountsBundle {
        all = List.copyOf(all);
    }

    void writeTo(BinaryWriter out) {
        out.number(all.size());
        for (OfSeries one : all) {
            out.number(one.series.get().length).bytes(one.series.get());
            one.counts.writeTo(out);
        }
    }

    static CountsBundle readFrom(BinaryReader in) {
        int size = in.count();
        List<OfSeries> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(new OfSeries(Bytes.wrap(in.bytes(in.count())), SeriesCounts.readFrom(in)));
        }
        return new CountsBundle(all);
    }
}
