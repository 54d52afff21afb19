package io.checkoutmetrics.bench.micro;

import io.checkoutmetrics.bench.workload.HitStream;
import io.checkoutmetrics.bench.workload.Traffic;
import io.checkoutmetrics.bench.workload.WideHit;
import io.checkoutmetrics.bench.workload.Workload;
import io.checkoutmetrics.hit.HitReader;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.hit.Reading;
import io.checkoutmetrics.hit.UnusableSchemaException;
import io.checkoutmetrics.registry.WireFormat;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads one hit of about 494 bytes: what is done ten million times in a drain of ten million hits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class HitReading {
    private static final int HITS = 1 << 12;

    @Param({"false", "true"})
    boolean checkout;

    private final byte[][] hits = new byte[HITS][];
    private int next;
    private HitReader reader;
    private final GenericDatumReader<GenericRecord> avro = new GenericDatumReader<>(WideHit.SCHEMA);
    private BinaryDecoder decoder;

    @SuppressWarnings("NullAway.Init") // JMH sets up first
    public HitReading() {}

    @Setup
    public void setUp() throws UnusableSchemaException {
        HitStream stream = new HitStream(1, Traffic.USUAL.withoutDuplicates());
        for (int i = 0; i < HITS; i++) {
            hits[i] = stream.next(Workload.START_MS + i, checkout).value();
        }
        reader = HitReader.of(WideHit.SCHEMA, HitRules.defaults());
    }

    @Benchmark
    public Reading ours() {
        return reader.read(hits[next++ & HITS - 1], WireFormat.HEADER_BYTES);
    }

    /** For comparison: everything, with Avro's own reader. */
    @Benchmark
    public GenericRecord genericRecord() throws IOException {
        byte[] hit = hits[next++ & HITS - 1];
        decoder = DecoderFactory.get()
                .binaryDecoder(hit, WireFormat.HEADER_BYTES, hit.length - WireFormat.HEADER_BYTES, decoder);
        return avro.read(null, decoder);
    }
}
