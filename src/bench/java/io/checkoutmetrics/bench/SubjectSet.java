package io.checkoutmetrics.bench;

import java.util.List;

/** Subjects that are measured together, and which of them are to be compared. */
enum SubjectSet {
    /** All that a whole report is about. */
    FULL(
            List.of(
                    "bare",
                    "job",
                    "job:label=job, at least once;kafka.processing.guarantee=at_least_once",
                    "job:label=job, not condensing;input.condense=false",
                    "job:label=job, JVM's defaults;jvm=" + Surroundings.JVM_DEFAULTS,
                    "job:label=job, visitors;visitors=true",
                    "job:label=job, 1 window;windows=1h/10s",
                    "job:label=job, 8 windows;windows=1m/1s,5m/5s,15m/5s,1h/10s,1h/1m,6h/1m,24h/10s,24h/10m",
                    Names.JET,
                    "jet:label=jet, JVM's defaults;jvm=" + Surroundings.JVM_DEFAULTS,
                    Names.FLINK,
                    Names.DSL),
            List.of(
                    new Comparison("job", "job, at least once"),
                    new Comparison("job, visitors", "job"),
                    new Comparison("job", "job, not condensing"),
                    new Comparison("job, 8 windows", "job, 1 window"),
                    new Comparison("job", "jet, 1 window"),
                    new Comparison("job", "flink, 1 window"),
                    new Comparison("job", "dsl, 1 window"))),
    /** The job beside its peers. */
    PEERS(
            List.of("bare", "job", Names.JET, Names.FLINK, Names.DSL),
            List.of(
                    new Comparison("job", "jet, 1 window"),
                    new Comparison("job", "flink, 1 window"),
                    new Comparison("job", "dsl, 1 window")));

    /** Of two labels: how much more the first one is than the second. */
    record Comparison(String label, String base) {}

    /** Peers count one series per checkout in windows of an hour by ten seconds. */
    private static final class Names {
        static final String JET = "jet:label=jet, 1 window";
        static final String FLINK = "flink:label=flink, 1 window";
        /** Fifty times slower than the others: it gets fewer hits. */
        static final String DSL = "dsl:label=dsl, 1 window;hits=500000";
    }

    private final List<String> subjects;
    private final List<Comparison> comparisons;

    SubjectSet(List<String> subjects, List<Comparison> comparisons) {
        this.subjects = subjects;
        this.comparisons = comparisons;
    }

    List<String> subjects() {
        return subjects;
    }

    List<Comparison> comparisons() {
        return comparisons;
    }
}
