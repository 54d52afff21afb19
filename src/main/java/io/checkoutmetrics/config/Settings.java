package io.checkoutmetrics.config;

import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.common.config.types.Password;

/**
 * All settings of the job, checked. What each means, its default and its bounds stand in {@link Subjects}.
 *
 * @param applicationId consumer group and prefix of the internal topics
 * @param stateDir folder of the local state
 * @param stateMayBeTemporary whether that folder may be one for temporary files
 * @param stateMemoryMb megabytes outside the heap that its caches and write buffers may take
 * @param topics names of the topics
 * @param hits what a checkout is, and how to find it in a hit
 * @param rolling windows, intervals and their grace
 * @param itemsMax items of a report suite and dimension that count by themselves in each shard
 * @param pace how time moves and how often results go out
 * @param deduplication which checkouts are one
 * @param alerts which series are compared with what is usual for them
 * @param mostDeadLetters share of a minute's hits, from 0 to 1, that may be dead letters before the job stops
 * @param visitors whether different visitors and visits are counted
 * @param condense whether consumers sum up hits that surely are no checkouts
 * @param http where the page, its API, metrics and health are served, and to whom
 * @param registry settings of the schema registry's client and of the value serializer, under Confluent's names
 * @param kafka settings passed on to Kafka's clients and to Kafka Streams, without their prefix
 */
public record Settings(
        String applicationId,
        String stateDir,
        boolean stateMayBeTemporary,
        long stateMemoryMb,
        Topics topics,
        HitRules hits,
        Rolling rolling,
        long itemsMax,
        Pace pace,
        Deduplication deduplication,
        Alerts alerts,
        double mostDeadLetters,
        boolean visitors,
        boolean condense,
        Http http,
        Map<String, String> registry,
        Map<String, String> kafka) {

    /**
     * @param create whether missing topics are created at start
     * @param valueSerializer class name of the Kafka serializer of the output values
     */
    public record Topics(
            String input,
            String metrics,
            String intervals,
            String deadLetters,
            boolean create,
            String valueSerializer) {}

    /**
     * @param windows the rolling windows, in the order they are published in
     * @param intervals slices of event time whose finals are published
     * @param grace how long after it happened a checkout may be received and still counts
     */
    public record Rolling(List<Window> windows, List<Slices> intervals, Duration grace) {
        private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

        public Rolling {
            windows = List.copyOf(windows);
            intervals = List.copyOf(intervals);
        }

        /** Width in milliseconds of the slices that tile all windows and intervals, and minutes. */
        public long sliceMs() {
            LongStream widths = LongStream.concat(
                    windows.stream().mapToLong(Window::slideMs),
                    intervals.stream().mapToLong(Slices::tileMs));
            return Slices.commonWidth(LongStream.concat(LongStream.of(MINUTE_MS), widths));
        }

        /** How long, in milliseconds, anything published may depend on a checkout: twice the longest window. */
        public long longestMemoryMs() {
            return windows.stream().mapToLong(Window::memoryMs).max().orElseThrow();
        }

        /** How many slices a series has at most: of each slide as many as twice its longest window has, and intervals in their grace. */
        public long mostSlices() {
            Map<Long, Long> memoryBySlide =
                    windows.stream().collect(Collectors.toMap(Window::slideMs, Window::memoryMs, Math::max));
            long ofWindows = memoryBySlide.entrySet().stream()
                    .mapToLong(slide -> slide.getValue() / slide.getKey())
                    .sum();
            long ofIntervals = intervals.stream()
                    .mapToLong(interval -> 1 + grace.toMillis() / interval.longestMs())
                    .sum();
            return ofWindows + ofIntervals;
        }

        /** Of the intervals that hold that time, the end of the one that ends first, in milliseconds. */
        public long firstIntervalEndMs(long timeMs) {
            return intervals.stream()
                    .mapToLong(slices -> slices.endOf(timeMs))
                    .min()
                    .orElseThrow();
        }
    }

    /**
     * @param watermarkDelay how much older than the newest a record of the same partition may be
     * @param watermarkInterval how often time is passed on when no slice was crossed
     * @param publishEarly event time between two publications inside a slide; null duration is never used: {@link
     *     #NEVER}
     * @param publishAlive event time after which a total that has not changed is published again
     * @param idleTimeout how long a partition must be quiet before the clock moves its time
     * @param stallTimeout how long time may stand still before results say so
     * @param maxFuture how far a client's clock may be ahead
     */
    public record Pace(
            Duration watermarkDelay,
            Duration watermarkInterval,
            Duration publishEarly,
            Duration publishAlive,
            Duration idleTimeout,
            Duration stallTimeout,
            Duration maxFuture) {
        /** For {@code publish.early=off}: only slides publish. */
        public static final Duration NEVER = Duration.ofDays(36_500);
    }

    /**
     * @param mode for every report suite that has none of its own
     * @param modeBySuite report suites with a mode of their own
     * @param eventIdRetention how long an event ID is remembered
     * @param visitRetention how long a visit is remembered
     * @param hitIdRetention how long a hit ID is remembered, in every mode
     */
    public record Deduplication(
            DedupMode mode,
            Map<String, DedupMode> modeBySuite,
            Duration eventIdRetention,
            Duration visitRetention,
            Duration hitIdRetention) {
        public Deduplication {
            modeBySuite = Map.copyOf(modeBySuite);
        }

        public DedupMode modeOf(String reportSuite) {
            return modeBySuite.getOrDefault(reportSuite, mode);
        }
    }

    /**
     * @param listen where to listen; empty: nowhere
     * @param token what requests must carry as bearer token; empty: none. Always there when the address is not
     *     this machine's own, unless the settings said {@code http.insecure=true}
     * @param probes where health alone is served besides; empty: nowhere
     */
    public record Http(Optional<HttpAddress> listen, Optional<Password> token, Optional<HttpAddress> probes) {}

    /**
     * @param on whether anything is watched: without it nothing else here matters
     * @param topic where alerts go
     * @param items watched in every report suite beside its total, by dimension
     * @param zone by whose clocks the week has its rhythm
     * @param zoneBySuite report suites with a zone of their own
     * @param falseAlarmsPerMonth how often chance may raise each kind of alert in a series
     */
    public record Alerts(
            boolean on,
            String topic,
            Map<String, Set<String>> items,
            ZoneId zone,
            Map<String, ZoneId> zoneBySuite,
            double falseAlarmsPerMonth) {
        public Alerts {
            items = Map.copyOf(items);
            zoneBySuite = Map.copyOf(zoneBySuite);
        }

        public ZoneId zoneOf(String reportSuite) {
            return zoneBySuite.getOrDefault(reportSuite, zone);
        }

        public boolean watches(String dimension, String item) {
            return items.getOrDefault(dimension, Set.of()).contains(item);
        }
    }

    /** Kafka Streams' name, behind the prefix {@code kafka.}, for how often to commit. */
    public static final String COMMIT_INTERVAL = "commit.interval.ms";

    private static final String COMMIT_INTERVAL_DEFAULT = "100";

    public Settings {
        registry = Map.copyOf(registry);
        kafka = Map.copyOf(kafka);
    }

    /**
     * What is published, and anything one stage sends to the next, is committed and so can be read, at most so much later
     * than the commit before.
     *
     * @throws NumberFormatException where the user's setting is no number, which Kafka Streams refuses as well
     */
    public Duration commitInterval() {
        return Duration.ofMillis(
                Math.max(1, Long.parseLong(kafka.getOrDefault(COMMIT_INTERVAL, COMMIT_INTERVAL_DEFAULT))));
    }

    /** Without secrets: of what is handed on, only values that are known to hold none. */
    @Override
    public String toString() {
        return "Settings[" + applicationId + ", " + stateDir + ", " + topics + ", " + hits + ", " + rolling
                + ", itemsMax=" + itemsMax + ", "
                + pace + ", "
                + deduplication + ", " + alerts + ", mostDeadLetters=" + mostDeadLetters + ", visitors=" + visitors
                + ", condense="
                + condense + ", " + http
                + ", registry=" + Secrets.ofRegistry(registry)
                + ", kafka=" + Secrets.ofKafka(kafka) + "]";
    }
}
