package io.checkoutmetrics.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.Hit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiveOrderTest {
    @TempDir
    Path folder;

    @Property(tries = 200)
    void anyHits_comeBackAsAStableSortWouldGiveThem(
            @ForAll @Size(max = 120) List<@IntRange(max = 9) Integer> seconds,
            @ForAll @IntRange(min = 1, max = 2000) int budgetBytes,
            @ForAll @IntRange(min = 2, max = 5) int fanIn)
            throws IOException {
        List<ReceivedHit> hits = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            hits.add(hit(i, seconds.get(i)));
        }
        List<ReceivedHit> expected = new ArrayList<>(hits);
        expected.sort(Comparator.comparingLong(ReceivedHit::receivedMs));

        Path temporary = Files.createTempDirectory("receive-order");
        List<ReceivedHit> sorted = new ArrayList<>();
        try (ReceiveOrder order = new ReceiveOrder(temporary, budgetBytes, fanIn)) {
            hits.forEach(order::add);
            assertThat(order.size()).isEqualTo(hits.size());
            order.drain(sorted::add);
        }
        assertThat(sorted).isEqualTo(expected);
        Files.delete(temporary);
    }

    @Test
    void moreRunsThanMayBeOpen_areMergedInPasses() throws IOException {
        List<ReceivedHit> sorted = new ArrayList<>();
        try (ReceiveOrder order = new ReceiveOrder(folder, 1)) {
            for (int i = 0; i < 200; i++) {
                order.add(hit(i, 199 - i));
            }
            assertThat(files()).hasSize(200);
            order.drain(sorted::add);
            assertThat(files()).isEmpty();
        }
        assertThat(sorted).isSortedAccordingTo(Comparator.comparingLong(ReceivedHit::receivedMs));
        assertThat(sorted).hasSize(200);
    }

    @Test
    void hitsWithinTheBudget_touchNoDisk() throws IOException {
        try (ReceiveOrder order = new ReceiveOrder(folder)) {
            order.add(hit(1, 5));
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void everyFieldOfAHit_survivesTheDisk() throws IOException {
        Hit full = new Hit(
                "eu",
                "scCheckout",
                Instant.ofEpochMilli(5),
                "h",
                "v",
                "s",
                "x",
                "p\u0000é",
                "c",
                "fr",
                "EUR",
                ";p",
                "d",
                Map.of("eVar1", "a", "eVar2", ""));
        List<ReceivedHit> back = new ArrayList<>();
        try (ReceiveOrder order = new ReceiveOrder(folder, 1)) {
            order.add(new ReceivedHit(full, 7));
            order.drain(back::add);
        }
        assertThat(back).containsExactly(new ReceivedHit(full, 7));
    }

    @Test
    void closing_deletesTheFiles_alsoWhenTheConsumerFailed() throws IOException {
        try (ReceiveOrder order = new ReceiveOrder(folder, 1)) {
            order.add(hit(1, 1));
            order.add(hit(2, 2));
            assertThatThrownBy(() -> order.drain(hit -> {
                        throw new IllegalStateException("broker gone");
                    }))
                    .hasMessage("broker gone");
            assertThat(files()).isNotEmpty();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void folderThatCannotBeWrittenTo_isAnErrorOfInputAndOutput() throws IOException {
        try (ReceiveOrder order = new ReceiveOrder(folder.resolve("missing"), 1)) {
            assertThatThrownBy(() -> order.add(hit(1, 1))).isInstanceOf(UncheckedIOException.class);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static ReceivedHit hit(int number, int second) {
        Hit hit = new Hit();
        hit.setReportSuite("eu");
        hit.setEvents("event" + number);
        hit.setDimensions(Map.of());
        return new ReceivedHit(hit, Times.EARLIEST_RECEIVED_MS + second * 1000L);
    }
}
