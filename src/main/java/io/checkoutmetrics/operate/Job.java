package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.stream.CheckoutTopology;
import io.checkoutmetrics.stream.FiniteInput;
import io.checkoutmetrics.stream.InputHorizon;
import io.checkoutmetrics.stream.JobParts;
import io.checkoutmetrics.stream.LiveInput;
import io.checkoutmetrics.stream.Outcomes;
import io.checkoutmetrics.stream.WriterSchemas;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job, running. Closing it commits what was done and leaves the group; what is not done goes on at the next start. */
public final class Job implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final Admin admin;
    private final WriterSchemas schemas;
    private final @Nullable LiveInput liveInput;
    private final Outcomes outcomes;
    private final KafkaStreams streams;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Job(Settings settings, Starter starter) {
        admin = openAdmin(settings);
        try {
            int partitions = new Topics(admin, settings).ensure();
            schemas = new WriterSchemas(registryOf(settings));
            outcomes = new Outcomes();
            CountDownLatch ended = new CountDownLatch(partitions);
            KafkaClientSupplier clients;
            InputHorizon horizon;
            if (starter.endOffsets == null) {
                liveInput = new LiveInput(
                        settings.topics().input(),
                        admin,
                        Clock.systemUTC(),
                        settings.pace().watermarkInterval());
                horizon = liveInput;
                clients = liveInput.clients();
            } else {
                liveInput = null;
                horizon = new FiniteInput(starter.endOffsets);
                clients = new DefaultKafkaClientSupplier();
            }
            JobParts parts = new JobParts(schemas, horizon, outcomes, () -> serializerOf(settings), () -> {
                ended.countDown();
                if (ended.getCount() == 0) {
                    over.countDown();
                }
            });
            Topology topology = CheckoutTopology.build(settings, partitions, parts);
            streams = new KafkaStreams(topology, StreamsSettings.of(settings), clients);
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
        streams.setUncaughtExceptionHandler(new FailurePolicy(Clock.systemUTC()).remembering(failure::set));
        streams.setStateListener((now, before) -> {
            LOG.info("{} (was {})", now, before);
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                over.countDown();
            }
        });
    }

    private record Starter(@Nullable Map<Integer, Long> endOffsets) {}

    /**
     * Starts the job on a topic that goes on for ever.
     *
     * @throws JobException when it cannot start
     */
    public static Job start(Settings settings) {
        return started(new Job(settings, new Starter(null)));
    }

    /**
     * Starts the job on a topic that has been written to its end.
     *
     * @param endOffsets of every partition, the offset after its last record
     */
    public static Job startUntil(Settings settings, Map<Integer, Long> endOffsets) {
        return started(new Job(settings, new Starter(endOffsets)));
    }

    private static Job started(Job job) {
        try {
            job.streams.start();
        } catch (StreamsException e) {
            job.close();
            throw new JobException("the job cannot start: " + e.getMessage(), e);
        }
        return job;
    }

    private static Admin openAdmin(Settings settings) {
        try {
            return Admin.create(StreamsSettings.clients(settings));
        } catch (org.apache.kafka.common.KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JobException("kafka.*: no client can be made of these settings: " + cause.getMessage(), e);
        }
    }

    private static RegistryClient registryOf(Settings settings) {
        try {
            return RegistryClient.of(settings.registry());
        } catch (ConfigException e) {
            throw new JobException("schema registry: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Serializer<Object> serializerOf(Settings settings) {
        String name = settings.topics().valueSerializer();
        try {
            Serializer<Object> serializer = Utils.newInstance(name, Serializer.class);
            serializer.configure(settings.registry(), false);
            return serializer;
        } catch (ClassNotFoundException e) {
            throw new JobException("value.serializer: " + name + " is not on the class path.", e);
        }
    }

    /** Counters of what became of the hits this instance read. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** The state of the engine, such as RUNNING or REBALANCING. */
    public String state() {
        return streams.state().name();
    }

    /**
     * Waits until the job is over: its input was finite and has gone through, it was closed, or it failed.
     *
     * @return whether it is over
     * @throws JobException when it failed
     */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        boolean isOver = over.await(most.toMillis(), TimeUnit.MILLISECONDS);
        Throwable cause = failure.get();
        if (isOver && cause != null && streams.state() != KafkaStreams.State.RUNNING) {
            throw new JobException("the job failed: " + FailurePolicy.describe(cause), cause);
        }
        return isOver;
    }

    @Override
    public void close() {
        schemas.stopWaiting();
        if (!streams.close(CLOSE_WITHIN)) {
            LOG.warn(
                    "not everything stopped within {}; what was not committed is done again at the next start",
                    CLOSE_WITHIN);
        }
        if (liveInput != null) {
            liveInput.close();
        }
        schemas.close();
        admin.close(Duration.ofSeconds(1));
    }
}
