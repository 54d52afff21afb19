package io.checkoutmetrics.feed;

import java.io.Serial;

/** A line that is no hit; the message says why. Carries no stack trace: a feed may hold millions of them. */
final class BrokenLine extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    BrokenLine(String message) {
        super(message, null, false, false);
    }

    /** The text in quotes, as one line of printable characters, cut after 40. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), 40); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return shown.append(text.length() > 40 ? "…\"" : "\"").toString();
    }
}
