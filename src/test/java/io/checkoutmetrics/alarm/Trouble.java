package io.checkoutmetrics.alarm;

/** Something that goes wrong with a made-up shop in {@code [startMs, endMs)}. */
record Trouble(Trouble.Sort sort, long startMs, long endMs) {
    enum Sort {
        OUTAGE("nothing arrives", -1),
        LITTLE_LEFT("5 to 30 % of everything arrives", -1),
        TAG_LOST("hits, but no checkouts", -1),
        HALF("half of the checkouts, for 10 min", -1),
        ROBOTS("robots check out", 1);

        final String words;
        /** Whether there are fewer checkouts (-1) or more (1). */
        final int direction;

        Sort(String words, int direction) {
            this.words = words;
            this.direction = direction;
        }
    }

    boolean holds(long timeMs) {
        return timeMs >= startMs && timeMs < endMs;
    }
}
