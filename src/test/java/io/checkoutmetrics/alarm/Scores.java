package io.checkoutmetrics.alarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a rule made of the troubles of shops: which it found, after how long, and what else it raised. */
final class Scores {
    /** An alarm so long after the end of trouble is still of it. */
    private static final long AFTERMATH_MS = 60_000;

    /**
     * @param usualPerMinute checkouts that were usual when it began
     * @param foundAfterMs -1: never
     */
    record Found(Trouble.Sort sort, double usualPerMinute, long foundAfterMs) {
        boolean is() {
            return foundAfterMs >= 0;
        }
    }

    private record Alarm(long atMs, int direction) {}

    private final List<Found> found = new ArrayList<>();
    private int alarms;
    private int falseAlarms;

    /** Lets rules go through the same seconds of a shop. */
    static void play(MadeUpShop shop, Map<Scores, Rule> rules) {
        Map<Scores, List<Alarm>> raised = new LinkedHashMap<>();
        Map<Scores, Integer> said = new HashMap<>();
        rules.keySet().forEach(scores -> raised.put(scores, new ArrayList<>()));
        shop.play(step -> rules.forEach((scores, rule) -> {
            int now = rule.take(step);
            Integer before = said.put(scores, now);
            if (now != 0 && (before == null || before != now)) {
                raised.get(scores).add(new Alarm(step.endMs(), now));
            }
        }));
        raised.forEach((scores, alarms) -> scores.judge(shop, alarms));
    }

    private void judge(MadeUpShop shop, List<Alarm> raised) {
        alarms += raised.size();
        List<Alarm> unexplained = new ArrayList<>(raised);
        for (Trouble trouble : shop.troubles()) {
            Predicate<Alarm> isOfIt = alarm -> alarm.direction == trouble.sort().direction
                    && alarm.atMs > trouble.startMs()
                    && alarm.atMs <= trouble.endMs() + AFTERMATH_MS;
            Alarm first = raised.stream().filter(isOfIt).findFirst().orElse(null); // the others of it count as false
            found.add(new Found(
                    trouble.sort(),
                    shop.usualPerMinute(trouble.startMs()),
                    first == null ? -1 : first.atMs - trouble.startMs()));
            unexplained.remove(first);
        }
        falseAlarms += unexplained.size();
    }

    /** Share of the alarms that were of trouble, each trouble's first one alone. */
    double precision() {
        return alarms == 0 ? 1 : 1 - falseAlarms / (double) alarms;
    }

    int alarms() {
        return alarms;
    }

    int planted(Predicate<Found> which) {
        return (int) found.stream().filter(which).count();
    }

    int found(Predicate<Found> which) {
        return planted(which.and(Found::is));
    }

    double recall(Predicate<Found> which) {
        return found(which) / (double) Math.max(1, planted(which));
    }

    /** Of those found, in seconds; NaN if none was. */
    double medianSeconds(Predicate<Found> which) {
        List<Long> times = new ArrayList<>(found.stream()
                .filter(which.and(Found::is))
                .map(Found::foundAfterMs)
                .toList());
        Collections.sort(times);
        return times.isEmpty() ? Double.NaN : times.get(times.size() / 2) / 1000.0;
    }
}
