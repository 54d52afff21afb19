package io.checkoutmetrics.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LatestTest {
    record Seen(long fingerprint, long timeMs) {}

    @Provide
    Arbitrary<List<Seen>> seen() {
        return Arbitraries.integers()
                .between(0, 12)
                .flatMap(who -> Arbitraries.longs().between(0, 50).map(timeMs -> new Seen(who * 4L, timeMs)))
                .list()
                .ofMaxSize(40);
    }

    @Property
    void differentOnesSinceAnyTime_areThoseWhoCameThenOrLater(@ForAll("seen") List<Seen> seen) {
        Latest latest = new Latest(seen.size());
        Map<Long, Long> last = new HashMap<>();
        for (Seen one : seen) {
            latest.add(one.fingerprint, one.timeMs);
            if (one.fingerprint != Fingerprint.NONE) {
                last.merge(one.fingerprint, one.timeMs, Math::max);
            }
        }
        long[] fromMs = {0, 7, 30, 51};

        long[] counts = latest.since(fromMs);

        for (int i = 0; i < fromMs.length; i++) {
            long from = fromMs[i];
            assertThat(counts[i])
                    .isEqualTo(last.values().stream()
                            .filter(timeMs -> timeMs >= from)
                            .count());
        }
    }
}
