package io.checkoutmetrics.alarm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Five made-up shops, some weeks, trouble twice a day in each: what the job finds, and what two simple rules find in the very
 * same seconds. Written to {@code target/alarms.md}.
 *
 * <pre>{@code
 * mvn -q test -Dtest=AlarmMonthTest -Dalarms.days=30
 * }</pre>
 */
class AlarmMonthTest {
    private static final int DAYS = Integer.getInteger("alarms.days", 9);
    private static final long SEED = Long.getLong("alarms.seed", 1);
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final String JOB = "the job";
    private static final Map<String, Function<MadeUpShop, Rule>> RULES = rules();

    private final Map<String, Scores> scores = new LinkedHashMap<>();

    private static Map<String, Function<MadeUpShop, Rule>> rules() {
        Map<String, Function<MadeUpShop, Rule>> rules = new LinkedHashMap<>();
        rules.put(JOB, shop -> new WatchRule(shop.zone()));
        rules.put("fixed threshold", shop -> new FixedThreshold());
        rules.put("hourly z-score", shop -> new HourlyScore());
        return rules;
    }

    private static List<MadeUpShop> shops() {
        return List.of(
                new MadeUpShop("large", 480, 40, "Europe/Paris", 1.15, START, DAYS, SEED * 10 + 1),
                new MadeUpShop("middle", 120, 50, "America/New_York", 1.0, START, DAYS, SEED * 10 + 2),
                new MadeUpShop("small", 30, 60, "Asia/Tokyo", 0.55, START, DAYS, SEED * 10 + 3),
                new MadeUpShop("tiny", 0.3, 100, "UTC", 0.8, START, DAYS, SEED * 10 + 4),
                new MadeUpShop("batches", 40, 40, "Europe/London", 0.9, START, DAYS, SEED * 10 + 5).inBatchesOf(10));
    }

    @Test
    void troubleOfEverySort_isFoundSoon_andLittleElseIsRaised() throws IOException {
        RULES.keySet().forEach(rule -> scores.put(rule, new Scores()));
        for (MadeUpShop shop : shops()) {
            Map<Scores, Rule> atWork = new LinkedHashMap<>();
            RULES.forEach((name, rule) -> atWork.put(scores.get(name), rule.apply(shop)));
            Scores.play(shop, atWork);
        }
        String table = table();
        System.out.print(table);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "alarms.md"), table);

        Scores job = requireNonNull(scores.get(JOB));
        Predicate<Scores.Found> outages = one -> one.sort() == Trouble.Sort.OUTAGE;
        assertThat(job.precision()).as("precision").isGreaterThanOrEqualTo(0.95);
        assertThat(job.recall(outages)).as("outages found").isGreaterThanOrEqualTo(0.95);
        for (Trouble.Sort sort : List.of(Trouble.Sort.TAG_LOST, Trouble.Sort.LITTLE_LEFT)) {
            assertThat(job.recall(one -> one.sort() == sort && one.usualPerMinute() >= 3))
                    .as(sort.words)
                    .isGreaterThanOrEqualTo(0.95);
        }
        assertThat(job.medianSeconds(outages.and(AlarmMonthTest::isBusy))).isLessThanOrEqualTo(10);
        assertThat(job.medianSeconds(one -> one.sort() == Trouble.Sort.HALF && isBusy(one)))
                .isLessThanOrEqualTo(120);
        scores.values().forEach(other -> assertThat(job.precision()).isGreaterThanOrEqualTo(other.precision()));
        if (DAYS == 30 && SEED == 1) {
            String readme = Files.readString(Path.of("README.md"));
            assertThat(readme).contains(table.substring(table.indexOf('\n') + 1));
        }
    }

    private static boolean isBusy(Scores.Found one) {
        return one.usualPerMinute() >= 60;
    }

    private String table() {
        List<String> lines = new ArrayList<>();
        StringBuilder heading = new StringBuilder("| Trouble, checkouts per minute usual then | Planted |");
        RULES.keySet().forEach(rule -> heading.append(' ').append(rule).append(" | median |"));
        lines.add(heading.toString());
        lines.add("|---|--:|" + "--:|--:|".repeat(RULES.size()));
        for (Trouble.Sort sort : Trouble.Sort.values()) {
            lines.add(line(sort.words + ": 60 or more", one -> one.sort() == sort && isBusy(one)));
            lines.add(line(
                    sort.words + ": 3 to 60", one -> one.sort() == sort && !isBusy(one) && one.usualPerMinute() >= 3));
            lines.add(line(sort.words + ": fewer", one -> one.sort() == sort && one.usualPerMinute() < 3));
        }
        lines.add(line("all", one -> true));
        StringBuilder precision = new StringBuilder("| alarms, and precision | |");
        scores.values().forEach(one -> precision.append(" %,d | %.2f |".formatted(one.alarms(), one.precision())));
        lines.add(precision.toString());
        return String.join("\n", lines) + "\n";
    }

    private String line(String words, Predicate<Scores.Found> which) {
        StringBuilder line = new StringBuilder(
                "| %s | %d |".formatted(words, requireNonNull(scores.get(JOB)).planted(which)));
        for (Scores one : scores.values()) {
            double median = one.medianSeconds(which);
            line.append(
                    " %d | %s |".formatted(one.found(which), Double.isNaN(median) ? "" : "%.0f s".formatted(median)));
        }
        return line.toString();
    }
}
