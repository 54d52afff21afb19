package io.checkoutmetrics.bench.workload;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the counts of a workload are, known from making it.
 *
 * @param hits all
 * @param checkouts all, duplicates among them
 * @param counted checkouts without duplicates
 * @param increments of those counted
 * @param bytes of all values
 * @param suites counts by report suite
 */
public record Truth(
        Workload workload,
        long hits,
        long checkouts,
        long counted,
        long increments,
        long bytes,
        Map<String, Suite> suites) {
    private static final long MINUTE_MS = 60_000;
    private static final JsonMapper JSON = new JsonMapper();

    /** Width of the slices in which received checkouts are known. */
    public static final long RECEIVED_SLICE_MS = 10_000;

    /**
     * @param minutes counts by start of the minute: hits by when they were received, checkouts by when they happened
     * @param received checkouts, duplicates among them, by when they were received: one count for every ten seconds
     *     since {@link Workload#START_MS}
     */
    public record Suite(Map<Long, Minute> minutes, List<Long> received) {
        /** Checkouts received in {@code [fromMs, toMs)}, both multiples of ten seconds. */
        public long receivedBetween(long fromMs, long toMs) {
            long first = Math.max(0, Math.floorDiv(fromMs - Workload.START_MS, RECEIVED_SLICE_MS));
            long end = Math.min(received.size(), Math.floorDiv(toMs - Workload.START_MS, RECEIVED_SLICE_MS));
            long sum = 0;
            for (long i = first; i < end; i++) {
                sum += received.get((int) i);
            }
            return sum;
        }

        /** Counts of {@code [fromMs, toMs)}, both multiples of a minute. */
        public Minute between(long fromMs, long toMs) {
            Minute sum = Minute.NONE;
            for (Map.Entry<Long, Minute> minute : minutes.entrySet()) {
                if (minute.getKey() >= fromMs && minute.getKey() < toMs) {
                    sum = sum.plus(minute.getValue());
                }
            }
            return sum;
        }
    }

    /**
     * @param checkouts without duplicates
     * @param increments of those
     */
    public record Minute(long hits, long checkouts, long increments) {
        public static final Minute NONE = new Minute(0, 0, 0);

        Minute plus(Minute other) {
            return new Minute(hits + other.hits, checkouts + other.checkouts, increments + other.increments);
        }
    }

    /** Kept beside the topic. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        JSON.writeValue(unfinished.toFile(), this);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    public static Truth read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Truth.class);
    }

    /** Takes note of every hit that is made. */
    static final class Notes {
        private final Workload workload;
        private final Map<String, TreeMap<Long, long[]>> minutes = new TreeMap<>();
        private final long[][] received;
        private long hits;
        private long checkouts;
        private long counted;
        private long increments;
        private long bytes;

        Notes(Workload workload) {
            this.workload = workload;
            long slices = 1 + workload.seconds() * 1_000 / RECEIVED_SLICE_MS;
            int suites = workload.traffic().suites();
            received = new long[suites][(int) slices];
            for (int i = 0; i < suites; i++) {
                minutes.put(HitStream.suite(i), new TreeMap<>());
            }
        }

        void take(MadeHit hit) {
            hits++;
            bytes += hit.value().length;
            minute(hit.suite(), hit.receivedMs())[0]++;
            if (hit.isCheckout()) {
                checkouts++;
                received[hit.suite()][(int) ((hit.receivedMs() - Workload.START_MS) / RECEIVED_SLICE_MS)]++;
                if (!hit.isDuplicate()) {
                    counted++;
                    increments += hit.increment();
                    long[] minute = minute(hit.suite(), hit.eventMs());
                    minute[1]++;
                    minute[2] += hit.increment();
                }
            }
        }

        private long[] minute(int suite, long ms) {
            return minutes.getOrDefault(HitStream.suite(suite), new TreeMap<>())
                    .computeIfAbsent(Math.floorDiv(ms, MINUTE_MS) * MINUTE_MS, start -> new long[3]);
        }

        Truth truth() {
            Map<String, Suite> suites = new TreeMap<>();
            for (int i = 0; i < received.length; i++) {
                Map<Long, Minute> byMinute = new TreeMap<>();
                minutes.getOrDefault(HitStream.suite(i), new TreeMap<>())
                        .forEach((start, counts) -> byMinute.put(start, new Minute(counts[0], counts[1], counts[2])));
                List<Long> slices = new ArrayList<>();
                for (long count : received[i]) {
                    slices.add(count);
                }
                suites.put(HitStream.suite(i), new Suite(byMinute, slices));
            }
            return new Truth(workload, hits, checkouts, counted, increments, bytes, suites);
        }
    }
}
