package io.checkoutmetrics.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares as people write them: {@code 5%}, {@code 0.5%}. */
final class Shares {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");
    private static final double WHOLE = 100;

    private Shares() {}

    /**
     * Reads a share, from 0 to 1.
     *
     * @throws IllegalArgumentException with a message that shows the form
     */
    static double parse(String text) {
        Matcher matcher = PERCENT.matcher(text.trim());
        double share = matcher.matches() ? Double.parseDouble(matcher.group(1)) / WHOLE : Double.NaN;
        if (!(share <= 1)) {
            throw new IllegalArgumentException("\"" + text + "\" is no share. Write 5%, 0.5%, or anything up to 100%.");
        }
        return share;
    }
}
