package io.checkoutmetrics.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many different ones there were, against exact sets. */
class DistinctTest {
    private static final int PARTS = 40;

    @Property(tries = 200)
    void upToAThousandAndTwentyFour_theNumberIsExact_howeverOftenEachComes(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = Distinct.MOST_EXACT) int different) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> added = new ArrayList<>();
        Distinct distinct = new Distinct();
        for (int i = 0; i < different; i++) {
            added.add(Fingerprint.of("visitor-" + random.nextLong()));
            distinct.add(added.get(i));
        }
        for (int again = 0; again < different; again++) {
            distinct.add(added.get(random.nextInt(different)));
        }

        assertThat(distinct.count()).isEqualTo(new HashSet<>(added).size());
    }

    @Test
    void nobody_isNoOneMore() {
        Distinct distinct = new Distinct();

        distinct.add(Fingerprint.of(null));

        assertThat(distinct.count()).isZero();
    }

    /** A standard error of 0.81 % makes 2 % two and a half of them. */
    @ParameterizedTest
    @CsvSource({"1025, 400", "1536, 400", "2000, 400", "10000, 400", "100000, 200", "1000000, 40"})
    void aboveThat_19Of20Estimates_areWithin2Percent(int different, int seeds) {
        int within = 0;
        double largest = 0;
        for (int seed = 0; seed < seeds; seed++) {
            SplittableRandom fingerprints = new SplittableRandom(seed);
            Distinct distinct = new Distinct();
            for (int i = 0; i < different; i++) {
                distinct.add(fingerprints.nextLong());
            }
            double error = Math.abs(distinct.count() - different) / (double) different;
            largest = Math.max(largest, error);
            within += error <= 0.02 ? 1 : 0;
        }
        System.out.printf(
                "%,d different: %d of %d estimates within 2 %%, the farthest %.2f %%%n",
                different, within, seeds, 100 * largest);
        assertThat(within).isGreaterThanOrEqualTo((int) (0.95 * seeds));
    }

    @Property(tries = 60)
    void partsThatWereStored_giveTheSameNumberInAnyOrder_asAllTogether(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60_000) int added) {
        SplittableRandom random = new SplittableRandom(seed);
        Distinct all = new Distinct();
        List<Distinct> parts = new ArrayList<>();
        Set<Long> exact = new HashSet<>();
        for (int part = 0; part < PARTS; part++) {
            parts.add(new Distinct());
        }
        for (int i = 0; i < added; i++) {
            long one = Fingerprint.of("v" + random.nextInt(added));
            double skewed = random.nextDouble();
            parts.get((int) (PARTS * skewed * skewed * skewed)).add(one);
            all.add(one);
            exact.add(one);
        }
        Collections.shuffle(parts, new Random(seed));
        Distinct united = new Distinct();
        parts.forEach(part -> united.add(part.toBytes()));

        assertThat(united.count()).isEqualTo(all.count());
        if (exact.size() <= Distinct.MOST_EXACT) {
            assertThat(united.count()).isEqualTo(exact.size());
        }
    }

    @Test
    void aStoredSketch_takes8KilobytesHoweverManyThereWere() {
        SplittableRandom random = new SplittableRandom(1);
        Distinct distinct = new Distinct();
        for (int i = 0; i < 2_000_000; i++) {
            distinct.add(random.nextLong());
        }

        assertThat(distinct.toBytes()).hasSizeLessThan(8_500);
    }

    /** They are stored: if this fails, what was stored before means other visitors now. */
    @Test
    void fingerprints_areTheSameForEver() {
        assertThat(Fingerprint.of("visitor-1")).isEqualTo(9_047_975_134_811_813_289L);
    }
}
