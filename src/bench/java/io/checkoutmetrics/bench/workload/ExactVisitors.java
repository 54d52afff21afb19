package io.checkoutmetrics.bench.workload;

import io.checkoutmetrics.metric.Series;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Who made the checkouts of a workload, by series and interval: made anew, read with Avro's own reader, and kept by name. */
public final class ExactVisitors {
    private static final int FRAME_BYTES = 5;

    private final long intervalMs;
    private final Map<Place, Who> whos = new HashMap<>();
    private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(WideHit.SCHEMA);

    private record Place(Series series, long startMs) {}

    private record Who(Set<String> visitors, Set<String> visits) {}

    /** How many different ones. */
    public record Count(int visitors, int visits) {}

    private ExactVisitors(Duration interval) {
        intervalMs = interval.toMillis();
    }

    /** @param dimensions fields of the hits whose items are series, beside the totals */
    public static ExactVisitors of(Workload workload, Duration interval, List<String> dimensions) throws IOException {
        ExactVisitors exact = new ExactVisitors(interval);
        HitStream hits = new HitStream(workload.seed(), workload.traffic());
        for (long i = 0; i < workload.hits(); i++) {
            MadeHit hit = hits.next(workload.receivedMs(i));
            if (hit.isCheckout() && !hit.isDuplicate()) {
                exact.take(hit, dimensions);
            }
        }
        return exact;
    }

    private void take(MadeHit made, List<String> dimensions) throws IOException {
        int length = made.value().length - FRAME_BYTES;
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(made.value(), FRAME_BYTES, length, null);
        GenericRecord hit = reader.read(null, in);
        String suite = hit.get("reportSuite").toString();
        take(Series.total(suite), made.eventMs(), hit);
        for (String dimension : dimensions) {
            take(new Series(suite, dimension, hit.get(dimension).toString()), made.eventMs(), hit);
        }
    }

    private void take(Series series, long eventMs, GenericRecord hit) {
        Place place = new Place(series, Math.floorDiv(eventMs, intervalMs) * intervalMs);
        Who who = whos.computeIfAbsent(place, first -> new Who(new HashSet<>(), new HashSet<>()));
        who.visitors.add(hit.get("visitorId").toString());
        who.visits.add(hit.get("visitId").toString());
    }

    /** How many intervals of series had any. */
    public int size() {
        return whos.size();
    }

    /** Of the interval of a series that starts then. */
    public Count of(Series series, long startMs) {
        Who who = whos.get(new Place(series, startMs));
        return who == null ? new Count(0, 0) : new Count(who.visitors.size(), who.visits.size());
    }
}
