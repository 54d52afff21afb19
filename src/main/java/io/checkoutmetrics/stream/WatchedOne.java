package io.checkoutmetrics.stream;

import io.checkoutmetrics.alarm.Finding;
import io.checkoutmetrics.alarm.Sensitivity;
import io.checkoutmetrics.alarm.SeriesWatch;
import io.checkoutmetrics.alarm.Step;
import io.checkoutmetrics.avro.AlertKind;
import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One watched series: its {@link SeriesWatch}, and what was received in steps that are not judged yet. In the store it has four
 * entries, by how often they change: what waits, what changes with each second, each minute, and each hour.
 */
final class WatchedOne {
    private static final byte WAITING = 'a';
    private static final byte NOW = 'n';
    private static final byte MINUTES = 'm';
    private static final byte WEEKS = 'w';
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private record Received(long checkouts, long hits) {
        static final Received NOTHING = new Received(0, 0);

        Received plus(Received other) {
            return new Received(checkouts + other.checkouts, hits + other.hits);
        }
    }

    private final Bytes key;
    private final Series series;
    private final long stepMs;
    private final SeriesWatch watch;
    private final TreeMap<Long, Received> waiting = new TreeMap<>();
    private long nextMs = NOT_BEGUN;
    private boolean isWaitingChanged;
    private boolean isJudged;

    private WatchedOne(Bytes key, Settings.Alerts settings, long stepMs) {
        this.key = key;
        this.series = SeriesKey.parse(key.get());
        this.stepMs = stepMs;
        this.watch =
                new SeriesWatch(settings.zoneOf(series.reportSuite()), new Sensitivity(settings.falseAlarmsPerMonth()));
    }

    static WatchedOne begun(Bytes key, Settings.Alerts settings, long stepMs) {
        return new WatchedOne(key, settings, stepMs);
    }

    /** As it was at the last commit. */
    static WatchedOne restored(Bytes key, Settings.Alerts settings, long stepMs, KeyValueStore<Bytes, byte[]> store) {
        WatchedOne one = new WatchedOne(key, settings, stepMs);
        one.read(store.get(one.entry(WAITING)));
        byte[] now = store.get(one.entry(NOW));
        if (now != null) {
            one.watch.restore(now, store.get(one.entry(MINUTES)), store.get(one.entry(WEEKS)));
        }
        return one;
    }

    /** Whether it is the key of the entry that every watched series has. */
    static boolean isItsState(Bytes entry) {
        return entry.get()[0] == WAITING;
    }

    static Bytes seriesOf(Bytes entry) {
        return Bytes.wrap(Arrays.copyOfRange(entry.get(), 1, entry.get().length));
    }

    private Bytes entry(byte kind) {
        byte[] bytes = key.get();
        return Bytes.wrap(
                ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array());
    }

    Bytes series() {
        return key;
    }

    /**
     * Received in that step.
     *
     * @param completeToMs what comes too late for its own step is taken for the one that begins then
     */
    void add(long stepStartMs, long completeToMs, long checkouts, long hits) {
        long startMs = nextMs == NOT_BEGUN ? stepStartMs : Math.max(stepStartMs, Math.max(nextMs, completeToMs));
        waiting.merge(startMs, new Received(checkouts, hits), Received::plus);
        isWaitingChanged = true;
    }

    /** Judges the steps that end by then, but not more than so many; returns how many were judged. */
    int moveTo(long timeMs, int mostSteps, Consumer<CheckoutAlert> alerts) {
        if (nextMs == NOT_BEGUN) {
            if (waiting.isEmpty() || waiting.firstKey() >= timeMs) {
                return 0;
            }
            nextMs = waiting.firstKey();
        }
        int steps = 0;
        for (; steps < mostSteps && nextMs + stepMs <= timeMs; steps++) {
            if (watch.isAsleep(nextMs) && !isWaitingAt(nextMs)) {
                nextMs = waiting.isEmpty() ? timeMs : Math.min(timeMs, waiting.firstKey());
            } else {
                judge(alerts);
            }
            isWaitingChanged = true;
        }
        return steps;
    }

    /** Whether all steps that end by then are judged. */
    boolean isJudgedTo(long timeMs) {
        return nextMs == NOT_BEGUN || nextMs + stepMs > timeMs;
    }

    private boolean isWaitingAt(long timeMs) {
        return !waiting.isEmpty() && waiting.firstKey() == timeMs;
    }

    private void judge(Consumer<CheckoutAlert> alerts) {
        Received received = Received.NOTHING;
        if (isWaitingAt(nextMs)) {
            received = waiting.pollFirstEntry().getValue();
        }
        long hits = series.isTotal() ? received.hits : Step.UNKNOWN;
        watch.take(
                new Step(nextMs, stepMs, received.checkouts, hits), finding -> alerts.accept(alert(series, finding)));
        nextMs += stepMs;
        isJudged = true;
    }

    /** Whether nothing has come for so long that nobody waits for it any more. */
    boolean isForgotten(long timeMs) {
        return nextMs != NOT_BEGUN && waiting.isEmpty() && watch.isForgotten(timeMs);
    }

    private static CheckoutAlert alert(Series series, Finding finding) {
        AlertKind kind = AlertKind.valueOf(finding.kind().name());
        return CheckoutAlert.newBuilder()
                .setReportSuite(series.reportSuite())
                .setDimension(series.dimension())
                .setItem(series.item())
                .setAsOf(Instant.ofEpochMilli(finding.asOfMs()))
                .setKind(kind)
                .setRecoveredFrom(
                        kind == AlertKind.RECOVERED
                                ? AlertKind.valueOf(finding.ended().name())
                                : null)
                .setSince(Instant.ofEpochMilli(finding.sinceMs()))
                .setExpected(rounded(finding.expected()))
                .setActual(finding.actual())
                .setLower(rounded(finding.lower()))
                .setUpper(rounded(finding.upper()))
                .setConfidence(Math.floor(finding.confidence() * 10_000) / 10_000)
                .build();
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }

    void writeTo(KeyValueStore<Bytes, byte[]> store) {
        if (isWaitingChanged) {
            store.put(entry(WAITING), waitingBytes());
            isWaitingChanged = false;
        }
        if (isJudged) {
            store.put(entry(NOW), watch.now());
            isJudged = false;
        }
        if (watch.takeMinutesChanged()) {
            store.put(entry(MINUTES), watch.minutes());
        }
        if (watch.takeWeeksChanged()) {
            store.put(entry(WEEKS), watch.weeks());
        }
    }

    void deleteFrom(KeyValueStore<Bytes, byte[]> store) {
        for (byte kind : new byte[] {WAITING, NOW, MINUTES, WEEKS}) {
            store.delete(entry(kind));
        }
    }

    private byte[] waitingBytes() {
        BinaryWriter out = new BinaryWriter().number(nextMs).number(waiting.size());
        for (Map.Entry<Long, Received> step : waiting.entrySet()) {
            out.number(step.getKey()).number(step.getValue().checkouts).number(step.getValue().hits);
        }
        return out.toBytes();
    }

    private void read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        BinaryReader in = new BinaryReader(bytes);
        nextMs = in.number();
        for (int left = in.count(); left > 0; left--) {
            waiting.put(in.number(), new Received(in.number(), in.number()));
        }
    }
}
