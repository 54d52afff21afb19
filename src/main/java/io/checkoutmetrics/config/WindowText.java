package io.checkoutmetrics.config;

import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** Windows as people write them: {@code 5m/5s} is 5 minutes long and slides by 5 seconds. */
final class WindowText {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(366);

    private WindowText() {}

    /** @throws IllegalArgumentException with a message that says what to write instead */
    static Window parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" has no slide. Write size/slide, such as 5m/5s.");
        }
        Duration size = parseWidth("size", text.substring(0, slash));
        Duration slide = parseWidth("slide", text.substring(slash + 1));
        if (size.toMillis() % slide.toMillis() != 0) {
            throw new IllegalArgumentException("slide " + slide + " does not divide size " + size + ". Try "
                    + String.join(" or ", divisorsNear(size, slide)) + ".");
        }
        return Window.ofSizeAndSlide(size, slide);
    }

    /** @throws IllegalArgumentException when it is no duration or out of bounds */
    static Duration parseWidth(String what, String text) {
        Duration width = Durations.parse(text);
        if (width.compareTo(SHORTEST) < 0 || width.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " " + width + " is out of bounds. Use " + SHORTEST + " to " + LONGEST + ".");
        }
        return width;
    }

    private static List<String> divisorsNear(Duration size, Duration slide) {
        long pieces = Math.max(1, size.dividedBy(slide));
        return LongStream.concat(
                        LongStream.iterate(pieces + 1, n -> n <= 2 * pieces + 1_000, n -> n + 1)
                                .filter(n -> size.toMillis() % n == 0)
                                .limit(1),
                        LongStream.iterate(pieces, n -> n >= 1, n -> n - 1)
                                .filter(n -> size.toMillis() % n == 0)
                                .limit(1))
                .mapToObj(n -> size.dividedBy(n).toString())
                .toList();
    }
}
