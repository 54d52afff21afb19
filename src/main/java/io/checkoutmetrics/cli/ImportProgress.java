package io.checkoutmetrics.cli;

import io.checkoutmetrics.feed.FeedProgress;
import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line that shows how far an import is, drawn over itself twice a second; nothing where there is no terminal. */
final class ImportProgress implements AutoCloseable {
    private static final int BAR = 30;

    private final FeedProgress read;
    private final PrintStream terminal;
    private final ScheduledExecutorService drawer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "import-progress");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long sent;
    private boolean drawn;

    ImportProgress(FeedProgress read, PrintStream terminal) {
        this.read = read;
        this.terminal = terminal;
        if (System.console() != null) {
            drawer.scheduleAtFixedRate(this::draw, 500, 500, TimeUnit.MILLISECONDS);
        }
    }

    void sent(long hits) {
        sent = hits;
    }

    private synchronized void draw() {
        terminal.print("\r" + line(read.bytesRead(), read.totalBytes(), sent));
        terminal.flush();
        drawn = true;
    }

    static String line(long bytesRead, OptionalLong totalBytes, long sent) {
        String written = String.format("%,d hits written", sent);
        if (totalBytes.isEmpty()) {
            return String.format("read %,d KB, %s", bytesRead / 1024, written);
        }
        long total = Math.max(1, totalBytes.getAsLong());
        int done = (int) (BAR * bytesRead / total);
        return "[" + "#".repeat(done) + ".".repeat(BAR - done) + "] " + 100 * bytesRead / total + " % read, " + written;
    }

    @Override
    public void close() {
        drawer.shutdownNow();
        synchronized (this) {
            if (drawn) {
                draw();
                terminal.println();
                drawn = false;
            }
        }
    }
}
