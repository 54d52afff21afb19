package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.oracle.Timelines;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A feed and the finals of the job, as an analyst compares them. */
class ReconcileIT {
    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    @TempDir
    Path folder;

    private CommandProcess reconcile(String... more) {
        List<String> arguments = new ArrayList<>(List.of("reconcile", "--format", "jsonl", "--feed", "feed.jsonl"));
        arguments.addAll(List.of(more));
        return CommandProcess.start(folder, arguments.toArray(new String[0]));
    }

    @Test
    void finalsOfTheSameHits_areEqual_andEachChangeIsFoundAndExplained() throws IOException {
        List<String> hits = Timelines.hits(5, 1_500);
        Files.write(folder.resolve("feed.jsonl"), hits);
        List<String> finals;
        try (CommandProcess replay =
                CommandProcess.start(folder, "replay", "--format", "jsonl", "--partitions", "3", "feed.jsonl")) {
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            finals = replay.outLines();
        }
        Files.write(folder.resolve("finals.jsonl"), finals);
        try (CommandProcess equal = reconcile("--finals", "finals.jsonl")) {
            assertThat(equal.exitCode()).as(equal.out() + equal.err()).isZero();
            assertThat(equal.outLines()).last().asString().startsWith("Equal: ");
        }
        List<String> totals = finals.stream()
                .filter(line -> line.contains("\"dimension\":\"\"") && line.contains("\"checkouts\":1,"))
                .toList();
        List<String> changed = new ArrayList<>(finals);
        changed.remove(totals.get(totals.size() / 2)); // not at the edges of the feed, which are not compared
        Files.write(folder.resolve("finals.jsonl"), changed);
        try (CommandProcess different = reconcile("--finals", "finals.jsonl", "--json")) {
            assertThat(different.exitCode()).isEqualTo(1);
            assertThat(different.outLines()).hasSize(2);
            assertThat(different.outLines().get(0)).contains("\"because\":{\"missing\":1}");
            assertThat(different.outLines().get(1)).startsWith("{\"equal\":false,");
        }
    }

    @Test
    void finalsOfTheTopic_areComparedAsTheyAreSettled_andDeadLettersTellWhatCameLate() throws IOException {
        Instant first = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(3_600);
        Instant later = first.plusSeconds(120);
        List<String> live = new ArrayList<>();
        List<String> feed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            live.add(hit(i, first, later));
            feed.add(hit(i, first, first));
        }
        for (int i = 3; i < 30; i++) {
            live.add(hit(i, later, later));
            if (i < 29) {
                feed.add(hit(i, later, later));
            }
        }
        live.add("{\"reportSuite\":\"eu\",\"time\":\"" + first.plusSeconds(240) + "\"}");
        Files.write(folder.resolve("live.jsonl"), live);
        Files.write(folder.resolve("feed.jsonl"), feed);
        ConfiguredJob configured = ConfiguredJob.in(
                folder, CLUSTER.settings(), "kafka.group.instance.id=one", "grace=1m", "dead-letters.max-share=off");
        try (CommandProcess imported = configured.command("import", "--format", "jsonl", "live.jsonl")) {
            assertThat(imported.exitCode()).as(imported.err()).isZero();
        }
        try (CommandProcess job = configured.run()) {
            TopicReader topics = new TopicReader(CLUSTER.brokers(), CLUSTER.registryUrl());
            await().ignoreExceptions()
                    .until(() -> topics.published("checkout-intervals").stream()
                            .anyMatch(one -> one.value().path("checkouts").asLong() == 27));
            try (CommandProcess compared = reconcile("-c", "job.properties")) {
                assertThat(compared.exitCode()).as(compared.err() + job.err()).isEqualTo(1);
                assertThat(compared.outLines())
                        .anyMatch(line -> line.matches("late +3 +6 +received within .*"))
                        .anyMatch(line -> line.matches("only here +1 +2 +the finals have them.*"))
                        .noneMatch(line -> line.startsWith("missing"));
            }
        }
    }

    private static String hit(int number, Instant time, Instant received) {
        return "{\"reportSuite\":\"eu\",\"events\":\"scCheckout:A" + number + "\",\"hitId\":\"h" + number
                + "\",\"time\":\"" + time + "\",\"receivedTime\":\"" + received + "\",\"country\":\"fr\"}";
    }

    @Test
    void wrongUsage_isToldBeforeAnythingIsRead() throws IOException {
        Files.writeString(folder.resolve("feed.jsonl"), hit(1, Instant.now(), Instant.now()));
        try (CommandProcess nothing = reconcile()) {
            assertThat(nothing.exitCode()).isEqualTo(2);
            assertThat(nothing.err()).startsWith("Name what to compare with: --finals FILE, or --config FILE");
        }
        Files.writeString(folder.resolve("finals.jsonl"), "[1, 2]");
        try (CommandProcess broken = reconcile("--finals", "finals.jsonl")) {
            assertThat(broken.exitCode()).isEqualTo(2);
            assertThat(broken.err()).startsWith("finals.jsonl:1: no final.");
        }
    }
}
