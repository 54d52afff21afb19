package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.HitsTopic;
import io.checkoutmetrics.bench.workload.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;

/** The idiomatic job in the DSL of Kafka Streams, with windows of an hour by ten seconds. */
final class DslSubject implements Subject {
    private static final Duration COMMIT_WITHIN = Duration.ofMinutes(2);
    private static final Duration CLOSE_WITHIN = Duration.ofMinutes(2);
    private static final long ASK_AGAIN_NANOS = 20_000_000;

    private final Assignment assignment;
    private final DslTopology topology;
    private final TimeWindows windows = DslTopology.hops();

    DslSubject(Assignment assignment) {
        this.assignment = assignment;
        this.topology = new DslTopology(assignment);
    }

    @Override
    public Drained drain() throws Exception {
        Truth truth = Truth.read(Path.of(assignment.truthFile()));
        long increments = truth.checkouts() * topology.series().perCheckout();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", assignment.bootstrapServers()))) {
            HitsTopic.create(admin, topology.outputTopic());
        }
        StreamsConfig config = new StreamsConfig(topology.properties());
        try (TopicsOfRun topics = new TopicsOfRun(assignment);
                KafkaStreams streams = new KafkaStreams(topology.build(windows), config)) {
            DrainWatch watch = DrainWatch.start(
                    assignment.hits(), Progress.of(assignment.hits(), topology::read, increments, topology::counted));
            streams.start();
            StreamsCommits commits = new StreamsCommits();
            long before = commits.total();
            while (topology.counted() < increments) {
                if (streams.state() == KafkaStreams.State.ERROR) {
                    throw new IllegalStateException("the job failed; its log says why");
                }
                LockSupport.parkNanos(ASK_AGAIN_NANOS);
                if (topology.counted() < increments) {
                    before = commits.total();
                }
            }
            commits.awaitNext(before, COMMIT_WITHIN);
            topics.awaitCommitted(COMMIT_WITHIN);
            Drained drained = watch.committed().withSent(SentBytes.now());
            streams.close(CLOSE_WITHIN);
            return drained;
        }
    }

    @Override
    public void check(Truth truth) {
        Map<Windowed<String>, Long> last = new HashMap<>();
        CommittedRecords.read(
                assignment,
                topology.outputTopic(),
                DslTopology.outputKeys(windows).deserializer(),
                new LongDeserializer(),
                one -> last.put(one.key(), one.value()));
        HopCounts counts = new HopCounts();
        last.forEach((key, count) -> counts.add(key.key(), key.window().start(), count));
        counts.check(HopCounts.lastEndMs(truth), truth, topology.series());
    }
}
