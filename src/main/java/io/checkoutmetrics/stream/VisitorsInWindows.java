package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who made the checkouts that are in the windows of one busy series. A running sum cannot deduct visitors, so what is in a window
 * is united anew when it has moved, and added to until it moves again. All windows last until now, so what is in one is in each
 * that started before it, too: the shortest is united first, and the next begins with that.
 */
final class VisitorsInWindows {
    /** What is in a window that starts then, of all entries of the log before one. */
    private static final class Shown {
        private final long startMs;
        private final DistinctVisitors visitors;
        private long nextEntry;

        Shown(long startMs, DistinctVisitors visitors, long nextEntry) {
            this.startMs = startMs;
            this.visitors = visitors;
            this.nextEntry = nextEntry;
        }
    }

    private final SlicePlan plan;
    private final VisitorLog log;
    private final FoldedVisitors folded;
    private final @Nullable Shown[] shown;

    /** Of what is in a log, and of what was folded of it. */
    VisitorsInWindows(SlicePlan plan, VisitorLog log, FoldedVisitors folded) {
        this.plan = plan;
        this.log = log;
        this.folded = folded;
        shown = new @Nullable Shown[plan.windows().size()];
    }

    /** When each window starts as of a moment. */
    static long[] startsMs(List<Window> windows, long asOfMs) {
        long[] startsMs = new long[windows.size()];
        for (int i = 0; i < startsMs.length; i++) {
            startsMs[i] = windows.get(i).endAsOf(asOfMs) - windows.get(i).sizeMs();
        }
        return startsMs;
    }

    /** Indexes of the latest time, the one before, and so on. */
    static int[] latestFirst(long[] timesMs) {
        int[] order = new int[timesMs.length];
        for (int i = 0; i < order.length; i++) {
            int place = i;
            for (; place > 0 && timesMs[order[place - 1]] < timesMs[i]; place--) {
                order[place] = order[place - 1];
            }
            order[place] = i;
        }
        return order;
    }

    /** By window, whatever starts then and lasts until now; not to be changed. */
    DistinctVisitors[] from(long[] startsMs) {
        DistinctVisitors[] all = new DistinctVisitors[startsMs.length];
        Shown shorter = null;
        for (int window : latestFirst(startsMs)) {
            Shown known = shown[window];
            if (known == null || known.startMs != startsMs[window] || known.nextEntry < log.firstEntry()) {
                known = unite(window, startsMs[window], shorter);
                shown[window] = known;
            } else {
                addNewest(known);
            }
            all[window] = known.visitors;
            shorter = known;
        }
        return all;
    }

    private Shown unite(int window, long startMs, @Nullable Shown shorter) {
        DistinctVisitors visitors = shorter == null ? new DistinctVisitors() : shorter.visitors.copy();
        long toMs = shorter == null ? Long.MAX_VALUE : shorter.startMs;
        folded.addTo(visitors, plan.kindOfWindow(window), startMs, toMs);
        log.addTo(visitors, startMs, toMs);
        return new Shown(startMs, visitors, log.endEntry());
    }

    private void addNewest(Shown known) {
        for (int i = (int) (known.nextEntry - log.firstEntry()); i < log.size(); i++) {
            if (log.sliceMs(i) >= known.startMs) {
                known.visitors.add(log.visitor(i), log.visit(i));
            }
        }
        known.nextEntry = log.endEntry();
    }

    /** About how many bytes it takes on the heap. */
    int heapBytes() {
        int bytes = 0;
        for (Shown window : shown) {
            bytes += window == null ? 0 : window.visitors.heapBytes();
        }
        return bytes;
    }
}
