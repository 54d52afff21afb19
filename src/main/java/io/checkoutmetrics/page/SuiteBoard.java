package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.subscriber.Judge;
import io.checkoutmetrics.subscriber.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one report suite. Not thread-safe. */
final class SuiteBoard {
    private final History history;
    private final TreeMap<String, TopItems> dimensions = new TreeMap<>();
    private @Nullable CheckoutMetrics total;
    private @Nullable CheckoutAlert alert;
    private final Judge judge;
    private boolean isChanged = true;
    private boolean isHistoryChanged = true;

    SuiteBoard(ChartScale scale, Duration outdatedAfter) {
        history = new History(scale);
        judge = new Judge(outdatedAfter);
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

    void alert(@Nullable CheckoutAlert newest) {
        judge.alert(newest);
        alert = newest;
        isChanged = true;
    }

    /** The newest alert of the total; null if there is none. */
    @Nullable
    CheckoutAlert alert() {
        return alert;
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

    /** The dimension with most items; empty when there is none. */
    Optional<TopItems> largest() {
        return dimensions.values().stream().max(Comparator.comparingInt(TopItems::size));
    }

    /** Forgets the weakest items of its largest dimension. */
    void forgetWeakest() {
        largest().ifPresent(TopItems::forgetWeakest);
        isChanged = true;
    }

    void itemIsGone(String dimension, String item) {
        TopItems items = dimensions.get(dimension);
        if (items != null) {
            items.remove(item);
            isChanged = true;
        }
    }

    /** Looks at it again: time may have changed what is to be said. */
    void judge(Instant now) {
        CheckoutMetrics newest = total;
        if (newest != null) {
            Verdict before = judge.said();
            isChanged |= judge.judge(newest, now) != before;
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
        return judge.said();
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
