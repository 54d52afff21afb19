package io.checkoutmetrics.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How large a terminal is.
 *
 * @param columns 24 or more
 * @param lines 5 or more
 */
public record TerminalSize(int columns, int lines) {
    static final TerminalSize USUAL = new TerminalSize(80, 24);

    public TerminalSize {
        columns = Math.max(24, columns);
        lines = Math.max(5, lines);
    }

    /** That of the terminal this process was started from. */
    public static TerminalSize ofThisTerminal() {
        return of(System.getenv());
    }

    /** As the environment says, else as the terminal says, else the usual one. */
    static TerminalSize of(Map<String, String> environment) {
        return parse(environment.getOrDefault("LINES", "") + " " + environment.getOrDefault("COLUMNS", ""))
                .or(TerminalSize::asked)
                .orElse(USUAL);
    }

    /** Lines and columns, as {@code stty size} prints them. */
    static Optional<TerminalSize> parse(String text) {
        String[] parts = text.strip().split("\\s+", -1);
        try {
            int lines = Integer.parseInt(parts[0]);
            int columns = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
            return lines > 0 && columns > 0 ? Optional.of(new TerminalSize(columns, lines)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<TerminalSize> asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
