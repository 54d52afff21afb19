package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.subscriber.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one report suite. Not thread-safe. */
final class SuiteBoard {
    private final History history;
    private final TreeMap<String, TopItems> dimensions = new TreeMap<>();
    private @Nullable CheckoutMetrics total;
    private Verdict verdict = Verdict.NOT_KNOWN;
    private @Nullable Instant judgedWithLast;
    private boolean isChanged = true;
    private boolean isHistoryChanged = true;

    SuiteBoard(ChartScale scale) {
        history = new History(scale);
    }

    void total(CheckoutMetrics newest) {
        total = newest;
        isHistoryChanged |= history.live(newest);
        isChanged = true;
    }

    void totalIsGone() {
        total = null;
        isChanged = true;
    }

    void finals(CheckoutInterval counted) {
        isHistoryChanged |= history.finals(counted);
    }

    void item(CheckoutMetrics newest) {
        dimensions
                .computeIfAbsent(newest.getDimension(), name -> new TopItems())
                .put(newest);
        isChanged = true;
    }

    boolean knows(Series item) {
        TopItems items = dimensions.get(item.dimension());
        return items != null && items.has(item.item());
    }

    /** There is an item more than can be kept. */
    void leavesOut(String dimension) {
        dimensions.computeIfAbsent(dimension, name -> new TopItems()).leaveOut();
    }

    void itemIsGone(String dimension, String item) {
        TopItems items = dimensions.get(dimension);
        if (items != null) {
            items.remove(item);
            isChanged = true;
        }
    }

    /** Looks at it again: time may have changed what is to be said. */
    void judge(Instant now, Duration outdatedAfter) {
        CheckoutMetrics newest = total;
        if (newest != null) {
            boolean isLastTheSame = Objects.equals(newest.getLastCheckoutAt(), judgedWithLast);
            Verdict next = Verdict.of(newest, now, outdatedAfter, verdict, isLastTheSame);
            isChanged |= next != verdict;
            verdict = next;
            judgedWithLast = newest.getLastCheckoutAt();
        }
    }

    /** What was closed elsewhere may show what was empty here. */
    void historyMayHaveChanged() {
        isHistoryChanged = true;
    }

    /** Whether anything changed since this was asked last. */
    boolean takeChanged() {
        boolean was = isChanged || isHistoryChanged;
        isChanged = false;
        return was;
    }

    boolean takeHistoryChanged() {
        boolean was = isHistoryChanged;
        isHistoryChanged = false;
        return was;
    }

    /** Null while only its items or its past are known. */
    @Nullable
    CheckoutMetrics total() {
        return total;
    }

    Verdict verdict() {
        return verdict;
    }

    History history() {
        return history;
    }

    /** By name. */
    Map<String, TopItems> dimensions() {
        return Collections.unmodifiableMap(dimensions);
    }

    int items() {
        return dimensions.values().stream().mapToInt(TopItems::size).sum();
    }
}
