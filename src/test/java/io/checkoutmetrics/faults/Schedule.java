package io.checkoutmetrics.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws faults from a seed: the same for the same. */
final class Schedule {
    /** Of so many faults one is followed by nothing until the job has recovered; the others by the next at once. */
    private static final int ONE_ALONE_IN = 4;

    private static final int TARGETS = 6;

    private Schedule() {}

    /** Every kind once before any comes again. */
    static List<Fault> draw(long seed, int size, Collection<Kind> kinds) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        List<Kind> left = new ArrayList<>();
        while (faults.size() < size) {
            if (left.isEmpty()) {
                left.addAll(kinds);
                Collections.shuffle(left, random);
            }
            Kind kind = left.remove(left.size() - 1);
            long most = kind.longest().minus(kind.shortest()).toMillis();
            Duration lasting = kind.shortest().plusMillis(random.nextLong(most + 1));
            faults.add(new Fault(kind, random.nextInt(TARGETS), lasting, random.nextInt(ONE_ALONE_IN) == 0));
        }
        return faults;
    }
}
