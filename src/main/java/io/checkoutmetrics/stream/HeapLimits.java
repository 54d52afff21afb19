package io.checkoutmetrics.stream;

/**
 * How much of what is in stores one task may also have as objects, should the process have the tasks of all partitions. What
 * is counted does not depend on it, only how fast.
 *
 * @param series objects of the last stage
 * @param items that count by themselves, of the stage before
 * @param pendingSize of checkouts of the stage before, as {@link Checkout#size()} has it
 */
record HeapLimits(int series, int items, long pendingSize) {
    /** Measured, with four windows and most series of few slices. */
    private static final int BYTES_OF_SERIES = 2_500;

    private static final int SHARE_OF_SERIES = 4;
    private static final int FEWEST_SERIES = 500;

    private static final int BYTES_OF_ITEM = 150;
    private static final int SHARE_OF_ITEMS = 16;
    private static final int FEWEST_ITEMS = 1_000;

    /** An object is larger than what it says. */
    private static final int BYTES_OF_PENDING = 3;

    private static final int SHARE_OF_PENDING = 8;
    private static final long LEAST_PENDING = 1L << 20;
    private static final long MOST_PENDING = 16L << 20;

    /** Of this process. */
    static HeapLimits of(int partitions) {
        return of(partitions, Runtime.getRuntime().maxMemory());
    }

    static HeapLimits of(int partitions, long heapBytes) {
        long series = heapBytes / SHARE_OF_SERIES / partitions / BYTES_OF_SERIES;
        long items = heapBytes / SHARE_OF_ITEMS / partitions / BYTES_OF_ITEM;
        long pendingSize = heapBytes / SHARE_OF_PENDING / partitions / BYTES_OF_PENDING;
        return new HeapLimits(
                (int) Math.min(Integer.MAX_VALUE, Math.max(FEWEST_SERIES, series)),
                (int) Math.min(Integer.MAX_VALUE, Math.max(FEWEST_ITEMS, items)),
                Math.min(MOST_PENDING, Math.max(LEAST_PENDING, pendingSize)));
    }
}
