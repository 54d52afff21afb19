package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything the page shows, as far as the output topics have told it, in bounded memory: at most {@link #MOST_SUITES}
 * report suites, {@link TopItems#MOST} items of each dimension, and {@link #MOST_ITEMS} items over all; where there are
 * more, the largest dimension of all gives up its weakest items, so that the top ones of each report suite are there
 * whichever came first. Thread-safe: one thread tells, others look.
 */
final class Board {
    static final int MOST_SUITES = 200;
    /** About 20 MB. */
    static final int MOST_ITEMS = 50_000;

    private final ChartScale scale;
    private final Duration outdatedAfter;
    private final Clock clock;
    private final TreeMap<String, SuiteBoard> suites = new TreeMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private long closedToMs = Long.MIN_VALUE;
    private boolean knowsAllFinals;
    private int items;

    Board(Settings settings, Clock clock) {
        this.scale = ChartScale.of(settings);
        this.clock = clock;
        this.outdatedAfter = outdatedAfter(settings);
    }

    /** A total is published at least every {@code publish.alive}; three times in a row missed is no hiccup. */
    static Duration outdatedAfter(Settings settings) {
        return settings.pace().publishAlive().multipliedBy(3);
    }

    /** Takes the newest record of a series, null when the series is gone. */
    synchronized void rolling(Series series, @Nullable CheckoutMetrics newest) {
        SuiteBoard suite = suite(series.reportSuite(), newest != null);
        if (suite == null) {
            return;
        }
        int before = suite.items();
        if (series.isTotal()) {
            if (newest == null) {
                suite.totalIsGone();
            } else {
                suite.total(newest);
            }
        } else if (newest == null) {
            suite.itemIsGone(series.dimension(), series.item());
        } else {
            suite.item(newest);
        }
        items += suite.items() - before;
        if (items > MOST_ITEMS) {
            makeRoom();
        }
    }

    private void makeRoom() {
        SuiteBoard largest = Collections.max(
                suites.values(),
                Comparator.comparing(
                        suite -> suite.largest().map(TopItems::size).orElse(0)));
        int before = largest.items();
        largest.forgetWeakest();
        items += largest.items() - before;
    }

    private @Nullable SuiteBoard suite(String name, boolean mayBeNew) {
        SuiteBoard known = suites.get(name);
        if (known != null || !mayBeNew) {
            return known;
        }
        if (suites.size() >= MOST_SUITES) {
            if (leftOut.size() < MOST_SUITES) {
                leftOut.add(name);
            }
            return null;
        }
        SuiteBoard fresh = new SuiteBoard(scale, outdatedAfter);
        suites.put(name, fresh);
        return fresh;
    }

    /** Takes the newest alert of a series, null when it is watched no more. */
    synchronized void alert(Series series, @Nullable CheckoutAlert newest) {
        SuiteBoard suite = suite(series.reportSuite(), newest != null);
        if (suite != null && series.isTotal()) {
            suite.alert(newest);
        }
    }

    /** Takes the final of an interval of a total. */
    synchronized void finals(CheckoutInterval counted) {
        SuiteBoard suite = suite(counted.getReportSuite(), true);
        if (suite == null) {
            return;
        }
        suite.finals(counted);
        long endMs = counted.getEnd().toEpochMilli();
        if (endMs > closedToMs && endMs - counted.getStart().toEpochMilli() == scale.stepMs()) {
            closedToMs = endMs;
            suites.values().forEach(SuiteBoard::historyMayHaveChanged);
        }
    }

    /** All finals there are have been taken; those that come next are new. */
    synchronized void knowsAllFinals() {
        if (!knowsAllFinals) {
            knowsAllFinals = true;
            suites.values().forEach(SuiteBoard::historyMayHaveChanged);
        }
    }

    /** It begins again from nothing. */
    synchronized void clear() {
        suites.clear();
        leftOut.clear();
        items = 0;
        closedToMs = Long.MIN_VALUE;
        knowsAllFinals = false;
    }

    /** Until when a missing final says that there was nothing. */
    synchronized long closedToMs() {
        return knowsAllFinals ? closedToMs : Long.MIN_VALUE;
    }

    /** Lets somebody look at all report suites, by name, each judged as of now, while nobody tells anything. */
    synchronized <T> T look(Function<Map<String, SuiteBoard>, T> looker) {
        Instant now = clock.instant();
        suites.values().forEach(suite -> suite.judge(now));
        return looker.apply(suites);
    }

    /** Report suites that are not shown because there are too many; at most {@link #MOST_SUITES} are counted. */
    synchronized int leftOut() {
        return leftOut.size();
    }

    ChartScale scale() {
        return scale;
    }
}
