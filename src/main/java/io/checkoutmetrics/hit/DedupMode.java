package io.checkoutmetrics.hit;

/** What makes a checkout the same as one seen before, besides being the same hit delivered again. */
public enum DedupMode {
    /** The same event ID of the same event in the same report suite, whoever the visitor. */
    EVENT_ID("event-id"),
    /** The same visit: a visit counts once. */
    VISIT("visit"),
    /** Nothing: every qualifying hit counts. */
    ALWAYS("always");

    private final String text;

    DedupMode(String text) {
        this.text = text;
    }

    /** The mode as it stands in settings, such as {@code event-id}. */
    public String text() {
        return text;
    }

    /**
     * The mode that a setting names.
     *
     * @throws IllegalArgumentException if none has this text
     */
    public static DedupMode ofText(String text) {
        for (DedupMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no mode of de-duplication. Use event-id, visit or always.");
    }
}
