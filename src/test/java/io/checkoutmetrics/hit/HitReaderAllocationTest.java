package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HitReaderAllocationTest {
    private static final int READS = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final HitReader reader = TestHits.reader(HitRules.defaults());

    @Test
    void noCheckout_allocatesNothing() {
        byte[][] hits = {
            TestHits.hit("eu-shop", "event1,event2=3,purchase:A1,scOpen,scView,scCheckoutX"),
            TestHits.hit("us-shop", ""),
            TestHits.hit("fr-shop", "SCCHECKOUT,scCheckout=0", Map.of("country", "fr"))
        };

        assertThat(bytesPerRead(hits)).isLessThan(1);
    }

    @Test
    void checkout_allocatesSomething_soTheMeasureWorks() {
        assertThat(bytesPerRead(TestHits.hit("eu-shop", "scCheckout"))).isGreaterThan(50);
    }

    private double bytesPerRead(byte[]... hits) {
        read(hits);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        read(hits);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) READS;
    }

    private void read(byte[]... hits) {
        Reading last = null;
        for (int i = 0; i < READS; i++) {
            last = reader.read(hits[i % hits.length], 0);
        }
        assertThat(last).isNotNull();
    }
}
