package io.checkoutmetrics.reconcile;

/** What a difference between the finals and the feed's count is put down to. */
enum Kind {
    /** The feed excludes hits that the job counted: in real time it could not know. */
    EXCLUDED("excluded", "the feed excludes them, the job counted them"),
    /** Received within the grace on one side, and too late on the other. */
    LATE("late", "received within the grace on one side, too late to count on the other"),
    /** The feed has checkouts with an ID seen before, which the job counted. */
    DUPLICATE("duplicate", "the feed has their ID twice, the job counted them"),
    /** The feed has them, the finals have not, and nothing says why. */
    MISSING("missing", "the feed has them, the finals have not"),
    /** The finals have them, the feed has not, and nothing says why. */
    ONLY_HERE("only here", "the finals have them, the feed has not");

    private final String text;
    private final String meaning;

    Kind(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The kind as it stands in reports. */
    String text() {
        return text;
    }

    /** Half a sentence for who reads the report. */
    String meaning() {
        return meaning;
    }
}
