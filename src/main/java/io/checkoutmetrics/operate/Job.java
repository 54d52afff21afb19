package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.CheckoutTopology;
import io.checkoutmetrics.stream.DeadLetterShare;
import io.checkoutmetrics.stream.HitIntake;
import io.checkoutmetrics.stream.IncompatibleStateException;
import io.checkoutmetrics.stream.JobParts;
import io.checkoutmetrics.stream.Outcomes;
import io.checkoutmetrics.stream.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job, running. Closing it commits what was done and leaves the group; what is not done goes on at the next start.
 */
public final class Job implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final JobClients clients;
    private final Input input;
    private final Outcomes outcomes = new Outcomes();
    private final Progress progress = new Progress();
    private final boolean isComingBack;
    private final KafkaStreams streams;
    private final InputGuard guard;
    private final DiskGuard disk;
    private final ClockGuard clocks;
    private final AbandonedTransactions abandoned;
    private final BrokerAnswers answers = new BrokerAnswers(Clock.systemUTC());
    private final Restoration restoration = new Restoration();
    private final FailurePolicy failures =
            new FailurePolicy(Clock.systemUTC(), FailurePolicy.PAUSE, answers::refusedWork);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicReference<RuntimeException> inputChange = new AtomicReference<>();

    private Job(Settings settings, JobClients clients, Input input, int partitions) {
        this.clients = clients;
        this.input = input;
        Set<Integer> ended = ConcurrentHashMap.newKeySet();
        IntConsumer whenEnded = partition -> {
            ended.add(partition);
            if (ended.size() == partitions) {
                over.countDown();
            }
        };
        JobParts parts = new JobParts(
                clients.schemas(),
                input.horizon(),
                outcomes,
                input.hasEnd() ? DeadLetterShare.unlimited() : DeadLetterShare.of(settings, outcomes),
                progress,
                clients::output,
                whenEnded,
                input.clients()::taskClosed);
        Topology topology = CheckoutTopology.build(settings, partitions, parts);
        isComingBack = StreamsSettings.isStaticMember(settings);
        Properties engine = StreamsSettings.of(settings);
        engine.putAll(input.clients().engineSettings());
        streams = engine(topology, engine, input, settings);
        streams.setUncaughtExceptionHandler(failures.remembering(this::threadFailed));
        streams.setStateListener(this::stateChanged);
        streams.setGlobalStateRestoreListener(restoration);
        guard = new InputGuard(clients.admin(), settings, partitions, answers, this::inputChanged, Clock.systemUTC());
        clocks = ClockGuard.of(settings);
        disk = new DiskGuard(
                () -> DiskGuard.freeBytes(Path.of(settings.stateDir())),
                () -> DiskGuard.haveWritesFailed(streams),
                BoundedRocksDb.writeBuffersBytes(settings.stateMemoryMb()),
                input.hasEnd() ? Optional.empty() : Optional.of(DiskReserve.of(settings)),
                this::diskFull);
        abandoned = new AbandonedTransactions(
                clients.admin(), settings.applicationId(), StreamsSettings.isAssignedByBrokers(settings));
    }

    /** Some settings of Kafka's consumers are wrong only beside each other, and nobody has made one before. */
    private static KafkaStreams engine(Topology topology, Properties engine, Input input, Settings settings) {
        try {
            return new KafkaStreams(topology, engine, input.clients());
        } catch (StreamsException e) {
            throw e;
        } catch (KafkaException e) {
            throw KafkaFailures.atCreation(e, settings);
        }
    }

    private void inputChanged(RuntimeException change) {
        LOG.error("stopping: {}", change.getMessage());
        change(change);
    }

    private void threadFailed(Throwable cause) {
        failure.set(cause);
        if (FailurePolicy.isDiskFull(cause)) {
            disk.foundFull();
        }
    }

    private void diskFull() {
        LOG.info("stopping, since the local state cannot be written"); // the command's last words say why
        change(new JobException(Remedies.DISK_FULL));
    }

    /** What was found first is the reason: it may be that of what is found later. */
    private void change(RuntimeException change) {
        inputChange.compareAndSet(null, change);
        over.countDown();
    }

    /**
     * Starts the job on a topic that goes on for ever.
     *
     * @throws JobException when it cannot start
     * @throws io.checkoutmetrics.config.InvalidSettingsException when settings handed to Kafka or the registry are
     *     wrong
     */
    public static Job start(Settings settings) {
        return start(settings, (admin, partitions, intake) -> Input.live(settings, admin, partitions, intake));
    }

    /**
     * Starts the job on a topic that has been written to its end. Throws as {@link #start(Settings)} does.
     *
     * @param endOffsets of every partition, the offset after its last record
     */
    public static Job startUntil(Settings settings, Map<Integer, Long> endOffsets) {
        return start(settings, (admin, partitions, intake) -> Input.until(settings, endOffsets, intake));
    }

    private interface InputOpener {
        Input open(Admin admin, int partitions, HitIntake intake);
    }

    private static Job start(Settings settings, InputOpener opener) {
        StreamsSettings.check(settings);
        StateFolder.requireSpace(settings);
        JobClients clients = JobClients.open(settings);
        try {
            int partitions = Preflight.beforeStart(settings, clients.admin());
            HitIntake intake = new HitIntake(settings, clients.schemas(), Clock.systemUTC());
            Input input = opener.open(clients.admin(), partitions, intake);
            try {
                Job job = started(settings, clients, input, partitions);
                job.guard.start();
                job.disk.start();
                if (!input.hasEnd()) {
                    job.clocks.start();
                }
                job.abandoned.lookAfterRebalances(job.streams);
                return job;
            } catch (RuntimeException e) {
                input.close();
                throw e;
            }
        } catch (StreamsException | IncompatibleStateException e) {
            clients.close();
            throw new JobException("the job cannot start: " + FailurePolicy.describe(e), e);
        } catch (RuntimeException e) {
            clients.close();
            throw e;
        }
    }

    /** What of the local state is damaged is done without. */
    private static Job started(Settings settings, JobClients clients, Input input, int partitions) {
        while (true) {
            Job job = new Job(settings, clients, input, partitions);
            try {
                job.streams.start();
                return job;
            } catch (StreamsException e) {
                job.streams.close();
                if (!DamagedState.delete(settings, e)) {
                    throw e;
                }
            }
        }
    }

    private void stateChanged(KafkaStreams.State now, KafkaStreams.State before) {
        LOG.info("{} (was {})", now, before);
        if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            over.countDown();
        }
    }

    /** Counters of what became of the hits this instance read. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** How far this instance has taken the input. */
    public Progress progress() {
        return progress;
    }

    /** The state of the engine, such as RUNNING or REBALANCING. */
    public String state() {
        return streams.state().name();
    }

    KafkaStreams engine() {
        return streams;
    }

    BrokerAnswers brokers() {
        return answers;
    }

    Restoration restoration() {
        return restoration;
    }

    ClockGuard clocks() {
        return clocks;
    }

    boolean isWaitingForRegistry() {
        return clients.isWaitingForRegistry();
    }

    long deadThreads() {
        return failures.deaths();
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
        RuntimeException change = inputChange.get();
        if (isOver && change != null) {
            throw new JobException("the job failed: " + change.getMessage(), change);
        }
        if (isOver && cause != null && streams.state() != KafkaStreams.State.RUNNING) {
            throw new JobException("the job failed: " + FailurePolicy.describe(cause), cause);
        }
        return isOver;
    }

    /**
     * Whoever leaves is replaced at once; the engine's default is to let the others wait for it, 45 s long. That is right
     * only for an instance with a name of its own that is coming back.
     */
    private CloseOptions.GroupMembershipOperation afterClosing() {
        return isComingBack
                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    }

    @Override
    public void close() {
        failures.expectEnd();
        clients.stopWaiting();
        guard.close();
        disk.close();
        clocks.close();
        abandoned.close();
        if (inputChange.get() instanceof OutputGoneException) {
            input.clients().stopSending(); // else each thread waits for the topic, for a minute
        }
        boolean isClosed =
                streams.close(CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(afterClosing()));
        input.close();
        clients.close();
        if (!isClosed) {
            throw new JobException("not everything stopped within " + CLOSE_WITHIN.toSeconds()
                    + " s; what was not committed is done again at the next start");
        }
    }
}
