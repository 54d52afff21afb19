package io.checkoutmetrics.terminal;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A terminal that shows the newest picture over the one before, with the cursor hidden. Closing it leaves the last
 * picture, gives the cursor back, and goes on below.
 */
public final class Screen implements Closeable {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR = "\u001b[2J";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String NO_COLOUR = "\u001b[0m";
    private static final long SIZE_HOLDS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final Map<String, String> environment;
    private final Charset charset;
    private TerminalSize size;
    private long sizeAskedAt = System.nanoTime();
    private boolean isDirty = true;

    /**
     * @param out to the terminal; left open
     * @param environment of this process
     */
    public Screen(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
        this.charset = terminalCharset();
        this.size = TerminalSize.of(environment);
        out.print(HIDE_CURSOR);
    }

    /** Whether standard output goes to a terminal, and not to a file or another program. */
    public static boolean isTerminal() {
        return test(ProcessBuilder.Redirect.INHERIT, ProcessBuilder.Redirect.DISCARD, "test -t 1");
    }

    /** Whether standard error does. */
    public static boolean takesTalk() {
        return test(ProcessBuilder.Redirect.DISCARD, ProcessBuilder.Redirect.INHERIT, "test -t 2");
    }

    private static boolean test(ProcessBuilder.Redirect out, ProcessBuilder.Redirect err, String command) {
        try {
            Process test = new ProcessBuilder("sh", "-c", command)
                    .redirectOutput(out)
                    .redirectError(err)
                    .start();
            return test.waitFor(2, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return System.console() != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Charset terminalCharset() {
        String name = System.getProperty("native.encoding", "");
        return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    }

    public Look look() {
        return Look.of(environment, charset);
    }

    /** The size now: it changes when the user pulls at the window. */
    public TerminalSize size() {
        if (System.nanoTime() - sizeAskedAt > SIZE_HOLDS_NANOS) {
            TerminalSize now = TerminalSize.of(environment);
            isDirty |= !now.equals(size);
            size = now;
            sizeAskedAt = System.nanoTime();
        }
        return size;
    }

    /**
     * Shows these lines, which fit the size, and nothing else. Goes out in one piece, lest it flickers.
     *
     * @return whether there still is a terminal to show it
     */
    public boolean show(List<String> lines) {
        StringBuilder picture = new StringBuilder(isDirty ? CLEAR : "").append(HOME);
        isDirty = false;
        for (int i = 0; i < lines.size(); i++) {
            // cleared before, not after: behind a full line the cursor still stands on its last character
            picture.append(i == 0 ? "" : "\r\n").append(CLEAR_LINE).append(lines.get(i));
        }
        boolean isFull = lines.size() >= size.lines();
        picture.append(isFull ? "" : "\r\n" + CLEAR_BELOW);
        byte[] bytes = picture.toString().getBytes(charset);
        out.write(bytes, 0, bytes.length);
        return !out.checkError();
    }

    @Override
    public void close() {
        out.print(NO_COLOUR + SHOW_CURSOR + "\r\n");
        out.flush();
    }
}
