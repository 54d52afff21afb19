package io.checkoutmetrics.terminal;

import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal can show.
 *
 * @param colours whether ANSI colours are welcome
 * @param ellipsis mark of what was cut, one column wide
 */
public record Look(boolean colours, String ellipsis) {
    /** Ways to set a text off. */
    enum Paint {
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        CALM("36"),
        LOOK_HERE("33"),
        ALARM("1;31");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }

    static final Look PLAIN = new Look(false, "~");

    /** @param charset that the terminal understands, or null where that is not known */
    static Look of(Map<String, String> environment, @Nullable Charset charset) {
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean unicode = charset != null && charset.newEncoder().canEncode('\u2026');
        return new Look(!noColour, unicode ? "\u2026" : "~");
    }

    String paint(Paint paint, String text) {
        return colours && !text.isBlank() ? "\u001b[" + paint.code + "m" + text + "\u001b[0m" : text;
    }

    String cut(String text, int columns) {
        return CellText.cut(text, columns, ellipsis);
    }
}
