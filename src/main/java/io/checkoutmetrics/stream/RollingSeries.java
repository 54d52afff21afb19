package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.RollingSum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What is remembered of one series: a running sum for each window, and what its subscribers have not been told yet. */
final class RollingSeries {
    private final List<RollingSum> sums;
    private long lastCheckoutAtMs = SeriesCounts.NO_CHECKOUT;
    private int revision;
    private long publishedAsOfMs = -1;
    private boolean changed;
    private boolean corrected;

    /** A series nothing was counted for, with so many windows. */
    RollingSeries(int windows) {
        sums = new ArrayList<>(Collections.nCopies(windows, RollingSum.ZERO));
    }

    /** One for each window. */
    List<RollingSum> sums() {
        return Collections.unmodifiableList(sums);
    }

    void change(int window, UnaryOperator<RollingSum> change) {
        sums.set(window, change.apply(sums.get(window)));
        changed = true;
    }

    void checkoutAt(long eventMs) {
        lastCheckoutAtMs = Math.max(lastCheckoutAtMs, eventMs);
    }

    /** Numbers already published as complete turned out to be too low. Of a series nobody knows yet there are none. */
    void correct() {
        if (!corrected && publishedAsOfMs >= 0) {
            corrected = true;
            revision++;
        }
    }

    /** It is told once more as of a moment it was told of before. */
    void tellAgain() {
        if (!corrected) {
            revision++;
        }
    }

    void published(long asOfMs) {
        publishedAsOfMs = asOfMs;
        changed = false;
        corrected = false;
    }

    boolean isChanged() {
        return changed;
    }

    boolean isCorrected() {
        return corrected;
    }

    /** Whether subscribers were ever told of it. */
    boolean isKnown() {
        return publishedAsOfMs >= 0;
    }

    boolean isZero() {
        return sums.stream().allMatch(RollingSum::isZero);
    }

    int revision() {
        return revision;
    }

    /** As of when it was published last, or -1. */
    long publishedAsOfMs() {
        return publishedAsOfMs;
    }

    /** Event time of the newest checkout. */
    OptionalLong lastCheckoutAtMs() {
        return lastCheckoutAtMs == SeriesCounts.NO_CHECKOUT ? OptionalLong.empty() : OptionalLong.of(lastCheckoutAtMs);
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter()
                .tag((changed ? 1 : 0) | (corrected ? 2 : 0))
                .number(lastCheckoutAtMs)
                .number(revision)
                .number(publishedAsOfMs)
                .number(sums.size());
        for (RollingSum sum : sums) {
            CountsFormat.write(out, sum.current());
            out.number(sum.previousCheckouts());
        }
        return out.toBytes();
    }

    static RollingSeries fromBytes(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        int flags = in.tag();
        long lastCheckoutAtMs = in.number();
        int revision = in.count();
        long publishedAsOfMs = in.number();
        int windows = in.count();
        RollingSeries series = new RollingSeries(windows);
        for (int i = 0; i < windows; i++) {
            series.sums.set(i, new RollingSum(CountsFormat.read(in), in.number()));
        }
        series.lastCheckoutAtMs = lastCheckoutAtMs;
        series.revision = revision;
        series.publishedAsOfMs = publishedAsOfMs;
        series.changed = (flags & 1) != 0;
        series.corrected = (flags & 2) != 0;
        return series;
    }
}
