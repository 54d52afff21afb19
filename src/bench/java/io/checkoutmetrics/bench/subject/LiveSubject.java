package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.HitsTopic;
import io.checkoutmetrics.operate.Job;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Something that counts hits as they come. */
final class LiveSubject implements AutoCloseable {
    private static final String RUNNING = KafkaStreams.State.RUNNING.name();

    private final BooleanSupplier running;
    private final Runnable close;

    private LiveSubject(BooleanSupplier running, Runnable close) {
        this.running = running;
        this.close = close;
    }

    /** The job. */
    static LiveSubject job(Assignment assignment) {
        Job job = Job.start(JobSubject.settings(assignment));
        return new LiveSubject(() -> job.state().equals(RUNNING), job::close);
    }

    /** The DSL with the least it can do: one count per report suite, in one window for ever. */
    static LiveSubject dsl(Assignment assignment) throws InterruptedException, ExecutionException {
        DslTopology topology = new DslTopology(assignment);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", assignment.bootstrapServers()))) {
            HitsTopic.create(admin, topology.outputTopic());
        }
        KafkaStreams streams =
                new KafkaStreams(topology.build(DslTopology.allTime()), new StreamsConfig(topology.properties()));
        streams.start();
        return new LiveSubject(() -> streams.state() == KafkaStreams.State.RUNNING, streams::close);
    }

    /** Whether hits may come. */
    boolean isRunning() {
        return running.getAsBoolean();
    }

    @Override
    public void close() {
        close.run();
    }
}
