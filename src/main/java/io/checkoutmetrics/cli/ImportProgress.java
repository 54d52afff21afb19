package io.checkoutmetrics.cli;

import io.checkoutmetrics.terminal.ProgressBar;
import io.checkoutmetrics.terminal.Screen;
import io.checkoutmetrics.terminal.TerminalSize;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far an import is: on a terminal in one line, drawn over itself twice a second; elsewhere in a line every ten
 * seconds. Everything else the import says goes through here too, lest it ends up behind a bar.
 */
final class ImportProgress implements AutoCloseable {
    private static final int LINE_OF_A_LOG = 100;
    private static final String CLEARED = "\r\u001b[K";

    private final PrintStream talk;
    private final boolean isTerminal = Screen.takesTalk();
    private final ScheduledExecutorService drawer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "import-progress");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ProgressBar bar;
    private LongSupplier done = () -> 0;
    private boolean drawn;

    ImportProgress(PrintStream talk) {
        this.talk = talk;
        long everyMs = isTerminal ? 500 : 10_000;
        drawer.scheduleAtFixedRate(this::draw, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    /** Begins another piece of work. */
    synchronized void begin(ProgressBar work, LongSupplier doneSoFar) {
        endLine();
        bar = work;
        done = doneSoFar;
        work.line(doneSoFar.getAsLong(), System.nanoTime(), LINE_OF_A_LOG);
    }

    /** Says something else in between, in a line of its own. */
    synchronized void say(String line) {
        talk.println(drawn ? CLEARED + line : line);
        drawn = false;
    }

    private synchronized void draw() {
        if (bar == null) {
            return;
        }
        if (isTerminal) {
            // one column less: a cursor behind the last one makes some terminals begin a new line
            int columns = TerminalSize.ofThisTerminal().columns() - 1;
            talk.print(CLEARED + bar.line(done.getAsLong(), System.nanoTime(), columns));
            talk.flush();
            drawn = true;
        } else {
            talk.println(bar.line(done.getAsLong(), System.nanoTime(), LINE_OF_A_LOG));
        }
    }

    /** Leaves the bar of what is over as it ended. */
    private void endLine() {
        if (drawn) {
            draw();
            talk.println();
            drawn = false;
        }
        bar = null;
    }

    @Override
    public void close() {
        drawer.shutdownNow();
        synchronized (this) {
            endLine();
        }
    }
}
