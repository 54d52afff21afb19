package io.checkoutmetrics.stream;

import io.checkoutmetrics.visitor.Fingerprint;
import java.util.Arrays;

/**
 * Who made the latest checkouts of one series, one entry a checkout in the order they came, numbered from the first ever. Goes
 * to a store in pages, so that what is there already need not be written again.
 */
final class VisitorLog {
    private static final int FEW = 4;
    private static final int HAS_VISITORS = 1;
    private static final int HAS_VISITS = 2;

    private final int pageSize;
    private long firstPage;
    private int size;
    private long[] slicesMs = new long[FEW];
    private long[] visitors = new long[FEW];
    private long[] visits = new long[FEW];
    /** Of each page, so that those of a later time are passed over. */
    private long[] oldestOfPage = new long[1];

    /** Of each page and all before it, so that those of an earlier time need not be looked at. */
    private long[] newestToPage = new long[1];

    /**
     * An empty log whose first entry will be the first of a page.
     *
     * @param pageSize entries of a page
     */
    VisitorLog(int pageSize, long firstPage) {
        this.pageSize = pageSize;
        this.firstPage = firstPage;
    }

    int size() {
        return size;
    }

    /** Number of the page that the first entry is the first of. */
    long firstPage() {
        return firstPage;
    }

    /** Number of the first entry that is still there. */
    long firstEntry() {
        return firstPage * pageSize;
    }

    /** Number of the entry that comes next. */
    long endEntry() {
        return firstEntry() + size;
    }

    /** Start of the slice, in milliseconds, that the checkout is in. */
    long sliceMs(int index) {
        return slicesMs[index];
    }

    long visitor(int index) {
        return visitors[index];
    }

    long visit(int index) {
        return visits[index];
    }

    void add(long sliceMs, long visitor, long visit) {
        if (size == slicesMs.length) {
            slicesMs = Arrays.copyOf(slicesMs, 2 * size);
            visitors = Arrays.copyOf(visitors, 2 * size);
            visits = Arrays.copyOf(visits, 2 * size);
        }
        int page = size / pageSize;
        if (page == oldestOfPage.length) {
            oldestOfPage = Arrays.copyOf(oldestOfPage, 2 * page);
            newestToPage = Arrays.copyOf(newestToPage, 2 * page);
        }
        boolean isFirst = size % pageSize == 0;
        oldestOfPage[page] = isFirst ? sliceMs : Math.min(oldestOfPage[page], sliceMs);
        long before = isFirst && page > 0 ? newestToPage[page - 1] : newestToPage[page];
        newestToPage[page] = size == 0 ? sliceMs : Math.max(before, sliceMs);
        slicesMs[size] = sliceMs;
        visitors[size] = visitor;
        visits[size++] = visit;
    }

    /** Gives those who made the checkouts of the slices in {@code [fromMs, toMs)}. */
    void addTo(DistinctVisitors distinct, long fromMs, long toMs) {
        for (int page = firstFrom(fromMs); page * pageSize < size; page++) {
            if (oldestOfPage[page] < toMs) {
                int end = Math.min(size, (page + 1) * pageSize);
                for (int i = page * pageSize; i < end; i++) {
                    if (slicesMs[i] >= fromMs && slicesMs[i] < toMs) {
                        distinct.add(visitors[i], visits[i]);
                    }
                }
            }
        }
    }

    /** The first page that may have something of that time or after it; most come in the order of time. */
    private int firstFrom(long timeMs) {
        int from = 0;
        int to = (size + pageSize - 1) / pageSize;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (newestToPage[middle] < timeMs) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Lets go of the first pages. */
    void drop(int pages) {
        int dropped = pages * pageSize;
        size -= dropped;
        firstPage += pages;
        int pagesLeft = oldestOfPage.length - pages;
        System.arraycopy(oldestOfPage, pages, oldestOfPage, 0, pagesLeft);
        System.arraycopy(newestToPage, pages, newestToPage, 0, pagesLeft);
        System.arraycopy(slicesMs, dropped, slicesMs, 0, size);
        System.arraycopy(visitors, dropped, visitors, 0, size);
        System.arraycopy(visits, dropped, visits, 0, size);
    }

    /** So many of the first pages have nothing of that time or after it. */
    int pagesBefore(long timeMs) {
        return Math.min(firstFrom(timeMs), size / pageSize);
    }

    /** Writes the entries of a page, perhaps fewer than it has place for. */
    void writePage(int page, BinaryWriter out) {
        int from = page * pageSize;
        int to = Math.min(size, from + pageSize);
        int columns = 0;
        for (int i = from; i < to; i++) {
            columns |= visitors[i] == Fingerprint.NONE ? 0 : HAS_VISITORS;
            columns |= visits[i] == Fingerprint.NONE ? 0 : HAS_VISITS;
        }
        out.tag(columns).number(to - from);
        long before = 0;
        for (int i = from; i < to; i++) {
            out.number(slicesMs[i] - before);
            before = slicesMs[i];
            if ((columns & HAS_VISITORS) != 0) {
                out.fixed(visitors[i]);
            }
            if ((columns & HAS_VISITS) != 0) {
                out.fixed(visits[i]);
            }
        }
    }

    /** Adds the entries of a page. */
    void readPage(BinaryReader in) {
        int columns = in.tag();
        int entries = in.count();
        long sliceMs = 0;
        for (int i = 0; i < entries; i++) {
            sliceMs += in.number();
            add(
                    sliceMs,
                    (columns & HAS_VISITORS) != 0 ? in.fixed() : Fingerprint.NONE,
                    (columns & HAS_VISITS) != 0 ? in.fixed() : Fingerprint.NONE);
        }
    }
}
