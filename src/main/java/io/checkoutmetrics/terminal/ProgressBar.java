package io.checkoutmetrics.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One piece of work in one line: a bar, what is done of what there is, how fast it goes at present, and how long the
 * rest takes at that speed. Meant for one thread.
 */
public final class ProgressBar {
    /** What is counted. */
    public enum Unit {
        BYTES,
        HITS
    }

    private static final Duration PRESENT = Duration.ofSeconds(10);
    private static final long LONGEST_SECONDS = 99 * 3_600L;
    private static final int WIDEST_BAR = 30;
    private static final int NARROWEST_BAR = 8;
    private static final String[] MULTIPLES = {"B", "KB", "MB", "GB", "TB"};

    private record Sample(long done, long nanos) {}

    private final String work;
    private final Unit unit;
    private final OptionalLong total;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * @param work a word for it, such as "reading"
     * @param total how much there is to do; empty where that is not known
     */
    public ProgressBar(String work, Unit unit, OptionalLong total) {
        this.work = work;
        this.unit = unit;
        this.total = total;
    }

    /**
     * The line as of now, no wider than that many columns. What has no space is left out, the bar first.
     *
     * @param done never less than when asked before
     * @param nanos of {@link System#nanoTime}
     */
    public String line(long done, long nanos, int columns) {
        samples.addLast(new Sample(done, nanos));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > PRESENT.toNanos()) {
            samples.removeFirst();
        }
        double perSecond = perSecond();
        String line = work + "  " + amounts(done) + rate(perSecond) + left(done, perSecond);
        int room = columns - line.length() - "  [] 100%".length();
        if (total.isPresent() && room >= NARROWEST_BAR) {
            line = work + "  " + bar(done, total.getAsLong(), Math.min(WIDEST_BAR, room))
                    + line.substring(work.length());
        }
        return CellText.cut(line, columns, "~");
    }

    private static String bar(long done, long total, int width) {
        double part = total == 0 ? 1 : Math.min(1, done / (double) total);
        int filled = (int) (part * width);
        return "[" + "#".repeat(filled) + ".".repeat(width - filled) + "] "
                + String.format(Locale.ROOT, "%3d%%", (int) (100 * part));
    }

    private String amounts(long done) {
        if (unit == Unit.BYTES) {
            return total.isEmpty() ? bytes(done) : bytes(done) + " of " + bytes(total.getAsLong());
        }
        String of = total.isEmpty() ? "" : String.format(Locale.ROOT, " of %,d", total.getAsLong());
        return String.format(Locale.ROOT, "%,d", done) + of + " hits";
    }

    private String rate(double perSecond) {
        if (Double.isNaN(perSecond)) {
            return "";
        }
        return unit == Unit.BYTES
                ? "  " + bytes((long) perSecond) + "/s"
                : String.format(Locale.ROOT, "  %,d/s", (long) perSecond);
    }

    /** How fast it went lately; not a number where that is not known yet. */
    private double perSecond() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long nanos = last.nanos() - first.nanos();
        return nanos <= 0 ? Double.NaN : (last.done() - first.done()) * 1e9 / nanos;
    }

    private String left(long done, double perSecond) {
        if (total.isEmpty() || done >= total.getAsLong() || !(perSecond > 0)) {
            return "";
        }
        double seconds = Math.ceil((total.getAsLong() - done) / perSecond);
        return seconds > LONGEST_SECONDS ? "" : "  " + clock((long) seconds) + " left";
    }

    private static String clock(long seconds) {
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /** In decimal multiples, three digits or more: {@code 999 B}, {@code 1.2 MB}, {@code 45 GB}. */
    private static String bytes(long count) {
        double rest = count;
        int multiple = 0;
        for (; rest >= 999.5 && multiple < MULTIPLES.length - 1; multiple++) {
            rest /= 1_000;
        }
        int decimals = multiple > 0 && rest < 9.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", rest, MULTIPLES[multiple]);
    }
}
