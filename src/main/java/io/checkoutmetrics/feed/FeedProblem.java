package io.checkoutmetrics.feed;

/**
 * Something in the input that is no hit, or that makes a file doubtful.
 *
 * @param file as the user gave it; of an entry of an archive, {@code archive!entry}
 * @param line first line of what is broken, counted from 1; 0 for the file as a whole
 * @param message one line of printable text, at most a short excerpt of the input in it
 */
public record FeedProblem(String file, long line, String message) {

    /** {@code file:line: message}, the form editors and terminals can jump to. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
}
