package io.checkoutmetrics.bench.subject;

/**
 * One drain of a topic, measured.
 *
 * @param hits drained
 * @param seconds from the first hit to the moment when everything was committed
 * @param warmSeconds of those, from the moment when half of the hits had been read
 * @param cpuSeconds the process used in that time
 * @param warmCpuSeconds of those, in the second half
 * @param processCpuSeconds the process used since it began, its own start included
 * @param peakResidentBytes of the process
 * @param sent to Kafka, where Kafka's producer sent it
 */
public record Drained(
        long hits,
        double seconds,
        double warmSeconds,
        double cpuSeconds,
        double warmCpuSeconds,
        double processCpuSeconds,
        long peakResidentBytes,
        SentBytes sent) {
    Drained withSent(SentBytes now) {
        return new Drained(
                hits, seconds, warmSeconds, cpuSeconds, warmCpuSeconds, processCpuSeconds, peakResidentBytes, now);
    }

    public double hitsPerSecond() {
        return hits / seconds;
    }

    public double warmHitsPerSecond() {
        return hits / 2.0 / warmSeconds;
    }

    public double cpuSecondsPerMillion() {
        return cpuSeconds / hits * 1e6;
    }

    public double warmCpuSecondsPerMillion() {
        return warmCpuSeconds / (hits / 2.0) * 1e6;
    }
}
