package io.checkoutmetrics.sorted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedLinesTest {
    /** More than fit into the memory that they may take while they are written. */
    private static final int LINES = 60_000;

    private static final String LONG = "x".repeat(400);

    @TempDir
    Path folder;

    private static byte[] key(int number) {
        return new SortKey().add(number).bytes();
    }

    private static List<String> all(SortedLines sorted) {
        List<String> lines = new ArrayList<>();
        sorted.forEach(lines::add);
        return lines;
    }

    @Test
    void linesInAnyOrder_comeOutSorted() {
        List<Integer> numbers = IntStream.range(0, LINES).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(numbers, new Random(7));
        try (SortedLines sorted = new SortedLines(folder.resolve("lines"))) {
            numbers.forEach(number -> sorted.put(key(number), number + " " + LONG));
            assertThat(all(sorted))
                    .isEqualTo(IntStream.range(0, LINES)
                            .mapToObj(number -> number + " " + LONG)
                            .toList());
        }
    }

    @Test
    void ofOneKey_theLastLineStays_andNoneWhereItWasRemoved() {
        try (SortedLines sorted = new SortedLines(folder.resolve("lines"))) {
            sorted.put(key(1), "first");
            sorted.put(key(2), "gone");
            sorted.put(key(3), "caf\u00e9 \ud83d\ude00");
            sorted.put(key(1), "last");
            sorted.remove(key(2));
            assertThat(all(sorted)).containsExactly("last", "caf\u00e9 \ud83d\ude00");
        }
    }
}
