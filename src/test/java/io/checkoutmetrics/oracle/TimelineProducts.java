package io.checkoutmetrics.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up products strings: carts of a few wares, and every way to write them, or nearly; some are very long. */
final class TimelineProducts {
    private static final String[] CATEGORIES = {"", "", "", "shoes", "coats", " shoes ", "a^;b", "\t"};
    private static final String[] NAMES = {
        "runner", "coat", "Runner", " coat\t", "", " ", "a^,b^=c", "^^", "x^", "^y", "\u9774", "(none)"
    };
    private static final String[] OTHERS = {
        "", "", ";1;59.90", ";2;10;event1=2|event2=3;eVar1=a", ";;", ";^,;^;", ";1;-5", ";;;;;;;", ";1;.5",
        ";3;0.12345678", ";1;5.", ";1;1e3", ";1;1.2.3", ";1;999999999999.999", ";1;1000000000000", ";1; 19 ;", ";1;.",
                ";1;\u0663"
    };
    private static final String[] BROKEN = {
        ",", ";", ",,;", ";;;,;;", "runner", "^", "^,", "^;", ";coat,", " ", ";\u0000"
    };

    private final Random random;

    TimelineProducts(Random random) {
        this.random = random;
    }

    String next() {
        int kind = random.nextInt(150);
        if (kind == 0) {
            return cart(101 + random.nextInt(40), true);
        }
        return kind < 15 ? pick(BROKEN) : cart(1 + random.nextInt(4), false);
    }

    private String cart(int size, boolean numbered) {
        List<String> products = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = numbered ? "ware" + random.nextInt(150) : pick(NAMES);
            products.add(pick(CATEGORIES) + ";" + name + pick(OTHERS));
        }
        return String.join(pick(",", ",", ", "), products);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
