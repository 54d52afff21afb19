package io.checkoutmetrics.bench.micro;

import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Moves a window on by one slide: its cost must not depend on how many slides the window has. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RollingSums {
    private static final int DIFFERENT = 8;
    private static final Counts[] COUNTS =
            IntStream.range(0, DIFFERENT).mapToObj(Counts::ofCheckout).toArray(Counts[]::new);

    @Param({"60", "8640"})
    int slides = 60;

    private RollingSum sum = RollingSum.ZERO;
    private long moved;

    @Benchmark
    public RollingSum slide() {
        RollingSum next = sum.entered(counts(moved));
        next = moved >= slides ? next.left(counts(moved - slides)) : next;
        next = moved >= 2L * slides ? next.forgot(counts(moved - 2L * slides)) : next;
        moved++;
        sum = next;
        return next;
    }

    private static Counts counts(long slide) {
        return COUNTS[(int) (slide % DIFFERENT)];
    }
}
