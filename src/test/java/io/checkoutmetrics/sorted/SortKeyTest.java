package io.checkoutmetrics.sorted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes are in the order of what they were made of. */
class SortKeyTest {
    private record Parts(long number, String first, String second) {
        byte[] key() {
            return new SortKey().add(number).add(first).add(second).bytes();
        }
    }

    private static final Comparator<Parts> ORDER =
            Comparator.comparing(Parts::number).thenComparing(Parts::first).thenComparing(Parts::second);

    @Test
    void keys_areInTheOrderOfTheirParts_whateverCharactersThereAre() {
        long[] numbers = {Long.MIN_VALUE, -1, 0, 1, 255, 256, Long.MAX_VALUE};
        String[] texts = {
            "",
            "\0",
            "\0\0",
            "\0\u0001",
            "\u0001",
            "\u0001\0",
            "\u0002",
            "a",
            "a\0",
            "a\u0001",
            "a b",
            "ab",
            "b",
            "\u00e9",
            "\ue000",
            "\ud83d\ude00",
            "\uffff"
        };
        List<Parts> all = new ArrayList<>();
        for (long number : numbers) {
            for (String first : texts) {
                for (String second : texts) {
                    all.add(new Parts(number, first, second));
                }
            }
        }
        List<Parts> byKey = new ArrayList<>(all);
        byKey.sort((one, other) -> Arrays.compareUnsigned(one.key(), other.key()));
        all.sort(ORDER);
        assertThat(byKey).isEqualTo(all);
    }
}
