package io.checkoutmetrics.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Made-up events strings: most are no checkouts, and every way to write one, or nearly, is among them. */
final class TimelineEvents {
    private static final String[] OTHERS = {
        "event1", "event11", "prodView", "scAdd", "purchase:A1", "event5=2", "event200=7.00"
    };
    private static final String[] NEAR_MISSES = {
        "sccheckout",
        "SCCHECKOUT",
        "ScCheckout=2",
        "scCheckoutX",
        "xscCheckout",
        "sc Checkout",
        "scCheckout;1",
        "scCheckout =2",
        "\u00a0scCheckout",
        "scCheckout\u0000",
        "scCheckout\n",
        "\u2003scCheckout",
        "event11:scCheckout",
        "=scCheckout",
        ":scCheckout"
    };
    private static final String[] INVALID_VALUES = {
        "", "-1", "1.5", "1e9", "abc", "1000001", "99999999999999999999", " 2", "2=3", "0x1", "\u0661", "-0", "+3"
    };
    private static final String[] INVALID_IDS = {
        "", "a-b", "a b", "A1=2", "\u00e9", "A:B", "_", "1234567890123456789\u00e9"
    };

    private final Random random;
    private int ids;

    TimelineEvents(Random random) {
        this.random = random;
    }

    String next() {
        int kind = random.nextInt(100);
        if (kind < 8) {
            return "";
        }
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            items.add(pick(OTHERS));
        }
        if (kind < 35) {
            items.add(pick(random.nextInt(3) == 0 ? NEAR_MISSES : OTHERS));
        } else {
            checkouts(kind, items);
        }
        Collections.shuffle(items, random);
        return String.join(pick(",", ",", ",", " , ", ",\t", ",,"), items);
    }

    private void checkouts(int kind, List<String> items) {
        if (kind < 65) {
            items.add(checkout());
        } else if (kind < 75) {
            items.add("scCheckout");
        } else if (kind < 80) {
            String repeated = checkout();
            items.addAll(List.of(repeated, repeated));
        } else if (kind < 86) {
            items.addAll(List.of(checkout(), checkout()));
        } else if (kind < 90) {
            items.add("scCheckout=" + pick(INVALID_VALUES));
            items.addAll(random.nextBoolean() ? List.of(checkout()) : List.of());
        } else if (kind < 94) {
            items.add("scCheckout:" + pick(INVALID_IDS));
        } else if (kind < 97) {
            items.addAll(List.of("scCheckout=0", pick("scCheckout=0:A1", checkout(), "event1")));
        } else {
            items.addAll(List.of("scCheckout", checkout(), pick(NEAR_MISSES)));
        }
    }

    /** With or without value and ID. IDs are few enough to come again, and long enough to be cut. */
    private String checkout() {
        String value = random.nextInt(4) == 0 ? "=" + pick("1", "2", "17", "999999", "1000000") : "";
        return switch (random.nextInt(5)) {
            case 0 -> "scCheckout" + value;
            case 1 -> "scCheckout" + value + ":ID" + random.nextInt(300);
            case 2 ->
                "scCheckout" + value + ":" + "x".repeat(17) + (100 + random.nextInt(900)) + "-cut" + random.nextInt(10);
            default -> "scCheckout" + value + ":E" + ids++;
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
