package io.checkoutmetrics.bench.micro;

import io.checkoutmetrics.hit.EventList;
import io.checkoutmetrics.hit.HitRules;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** Reads an events string to its end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventLists {
    private static final Map<String, String> EVENTS = Map.of(
            "two", "event1,event14=2",
            "checkout", "event1,scCheckout:A1B2C3D4E5F6G7H8",
            "eleven",
                    "prodView,event1,event2,event3=1.5,event4:xyz,event5,event6,event7,event8,scCheckout=2:A1B2C3D4,"
                            + "event99");

    @Param({"two", "checkout", "eleven"})
    String events = "";

    private String text = "";
    private final EventList list = EventList.of(HitRules.defaults());

    @Setup
    public void setUp() {
        text = EVENTS.getOrDefault(events, "");
    }

    @Benchmark
    public EventList.Findings read() {
        return list.read(text);
    }
}
