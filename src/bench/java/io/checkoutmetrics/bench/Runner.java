package io.checkoutmetrics.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.bench.process.Broker;
import io.checkoutmetrics.bench.process.ChildJvm;
import io.checkoutmetrics.bench.subject.Assignment;
import io.checkoutmetrics.bench.subject.Drained;
import io.checkoutmetrics.bench.subject.MemorySample;
import io.checkoutmetrics.bench.subject.PublishedFinals;
import io.checkoutmetrics.bench.subject.RestoredState;
import io.checkoutmetrics.bench.subject.SubjectMain;
import io.checkoutmetrics.bench.workload.HitsTopic;
import io.checkoutmetrics.bench.workload.Workload;
import io.checkoutmetrics.metric.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** Runs subjects, one after the other, each in a process of its own, and leaves nothing of them behind. */
final class Runner implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /** Begins the names of all runs. */
    private static final String RUN = "run-";

    private static final Duration START_WITHIN = Duration.ofMinutes(2);
    private static final Duration CHECK_WITHIN = Duration.ofMinutes(5);

    /** What Flink and Hazelcast ask for on Java 17. */
    private static final List<String> OPENED_FOR_PEERS = Stream.of(
                    "java.base/java.lang",
                    "java.base/java.util",
                    "java.base/java.util.concurrent",
                    "java.base/java.time",
                    "java.base/java.nio",
                    "java.base/sun.nio.ch",
                    "java.management/sun.management",
                    "jdk.management/com.sun.management.internal")
            .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
            .toList();

    private static final List<String> ASKED_BY_HAZELCAST =
            List.of("--add-modules=java.se", "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");

    private final BenchFolder folder;
    private final Broker broker;
    private final Admin admin;
    private final String commonFlags;
    private final Duration most;
    private final String session = DateTimeFormatter.ofPattern("MMddHHmmss").format(LocalDateTime.now());
    private int runs;

    /**
     * @param commonFlags of the subjects' JVMs
     * @param most that one drain may take
     */
    Runner(BenchFolder folder, Broker broker, String commonFlags, Duration most) {
        this.folder = folder;
        this.broker = broker;
        this.commonFlags = commonFlags;
        this.most = most;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /**
     * Drains a workload's topic.
     *
     * @throws IOException when it takes too long or fails, or the counts are not right
     */
    Drained drain(SubjectSpec spec, Workload workload) throws IOException, InterruptedException, ExecutionException {
        Assignment assignment = assignment(spec, workload);
        try {
            return drain(spec, assignment);
        } finally {
            clean(assignment);
        }
    }

    private Drained drain(SubjectSpec spec, Assignment assignment) throws IOException, InterruptedException {
        try (ChildJvm child = start(spec, assignment, SubjectMain.DRAIN)) {
            Drained drained = JSON.readValue(child.awaitLine(SubjectMain.DRAINED, most), Drained.class);
            child.awaitLine(SubjectMain.RIGHT, CHECK_WITHIN);
            return drained;
        }
    }

    /** Lets the job drain a workload's topic, and gives every final it has published. */
    void finals(SubjectSpec spec, Workload workload, BiConsumer<Series, CheckoutInterval> taker)
            throws IOException, InterruptedException, ExecutionException {
        Assignment assignment = assignment(spec, workload);
        try {
            drain(spec, assignment);
            PublishedFinals.read(assignment, taker);
        } finally {
            clean(assignment);
        }
    }

    /** Lets the job drain a workload's topic, then start again without its local state as often as is said. */
    List<RestoredState> restore(SubjectSpec spec, Workload workload, int repetitions)
            throws IOException, InterruptedException, ExecutionException {
        Assignment assignment = assignment(spec, workload);
        try {
            drain(spec, assignment);
            List<RestoredState> restored = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                BenchFolder.delete(Path.of(assignment.stateFolder()));
                try (ChildJvm child = start(spec, assignment, SubjectMain.RESTORE)) {
                    restored.add(JSON.readValue(child.awaitLine(SubjectMain.RESTORED, most), RestoredState.class));
                }
            }
            return restored;
        } finally {
            clean(assignment);
        }
    }

    /**
     * Lets the job drain a workload's topic, and tells how much memory it takes meanwhile; after a while it is ended.
     *
     * @param limits gets the process's number before the job begins to work
     * @param taker gets every sample
     * @throws IOException when the job fails
     */
    void memory(SubjectSpec spec, Workload workload, Limits limits, Consumer<MemorySample> taker)
            throws IOException, InterruptedException, ExecutionException {
        Assignment assignment = assignment(spec, workload);
        long untilNanos = System.nanoTime() + most.toNanos();
        try (ChildJvm child = start(spec, assignment, SubjectMain.MEMORY)) {
            limits.set(child.pid());
            boolean isOver = false;
            while (!isOver && System.nanoTime() < untilNanos) {
                MemorySample sample =
                        JSON.readValue(child.awaitLine(SubjectMain.SAMPLE, START_WITHIN), MemorySample.class);
                taker.accept(sample);
                isOver = sample.isOver();
            }
        } finally {
            clean(assignment);
        }
    }

    /** Sets limits to a process. */
    interface Limits {
        void set(long pid) throws IOException;
    }

    /** Topics of hits on the broker, with what is true of them. */
    HitsTopic hits() {
        return new HitsTopic(broker.bootstrapServers(), folder.truths());
    }

    private Assignment assignment(SubjectSpec spec, Workload workload) throws InterruptedException, ExecutionException {
        String run = newRun(spec);
        return new Assignment(
                spec.name(),
                run,
                broker.bootstrapServers(),
                broker.registryUrl(),
                workload.topic(),
                hits().truthFile(workload).toAbsolutePath().toString(),
                HitsTopic.ends(admin, workload.topic()),
                folder.state(run).toString(),
                spec.ownSettings());
    }

    /**
     * Counts a topic that is still to be written, which belongs to the run.
     *
     * @return with the latencies that were seen
     */
    <T> T live(SubjectSpec spec, LiveRun<T> what) throws IOException, InterruptedException, ExecutionException {
        String run = newRun(spec);
        Assignment assignment = new Assignment(
                spec.name(),
                run,
                broker.bootstrapServers(),
                broker.registryUrl(),
                run + "-hits",
                "",
                Map.of(),
                folder.state(run).toString(),
                spec.ownSettings());
        HitsTopic.create(admin, assignment.topic());
        try (ChildJvm child = start(spec, assignment, SubjectMain.LIVE)) {
            child.awaitLine(SubjectMain.RUNNING, START_WITHIN);
            return what.run(assignment);
        } finally {
            clean(assignment);
        }
    }

    /** What is done while a subject is running. */
    interface LiveRun<T> {
        T run(Assignment assignment) throws IOException, InterruptedException;
    }

    private String newRun(SubjectSpec spec) {
        return RUN + session + "-" + ++runs + "-" + spec.name();
    }

    private ChildJvm start(SubjectSpec spec, Assignment assignment, String mode) throws IOException {
        return ChildJvm.start(
                spec.text(),
                folder.log(runs + "-" + mode + "-" + spec.slug()),
                flags(spec.jvm(commonFlags)),
                SubjectMain.class,
                List.of(mode, JSON.writeValueAsString(assignment)));
    }

    private static List<String> flags(String text) {
        return Stream.of(List.of(text.trim().split("\\s+", -1)), OPENED_FOR_PEERS, ASKED_BY_HAZELCAST)
                .flatMap(List::stream)
                .toList();
    }

    /** Removes state and topics of a run. */
    private void clean(Assignment assignment) throws InterruptedException, ExecutionException {
        BenchFolder.delete(Path.of(assignment.stateFolder()));
        deleteTopics(assignment.run() + "-");
    }

    /** What an earlier time was ended in the middle of. */
    void cleanLeftovers() throws InterruptedException, ExecutionException {
        BenchFolder.delete(folder.states());
        deleteTopics(RUN);
    }

    private void deleteTopics(String prefix) throws InterruptedException, ExecutionException {
        Set<String> topics = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toSet());
        admin.deleteTopics(topics).all().get();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
