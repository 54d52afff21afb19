package io.checkoutmetrics.bench.subject;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.kafka.KafkaSources;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.WindowDefinition;
import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.hit.CheckoutHit;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Hazelcast Jet on a single member, its windows of an hour by ten seconds, state on the heap. Its stream does not end:
 * the drain is over when the last window that the hits complete has come out. Settings: {@code series},
 * {@code parallelism} (1, of every stage), {@code snapshot} (milliseconds between exactly-once snapshots, 10000 as
 * Jet's default; 0 for none), {@code threads} (cooperative threads; Jet's default), {@code sleep} (microseconds that the
 * consumer sleeps at most between polls, 25), {@code kafka.*} of its consumer.
 */
final class JetSubject implements Subject {
    /** Jet makes copies of what it is given; within this process they meet here. */
    private static final AtomicLong READ = new AtomicLong();

    private static final HopCounts COUNTS = new HopCounts();
    private static final ThreadLocal<CheckoutFilter> FILTER = ThreadLocal.withInitial(CheckoutFilter::new);
    private static final String CONSUMER = "kafka.";
    private static final String LONGEST_SLEEP = "hazelcast.jet.idle.noncooperative.max.microseconds";
    private static final long ASK_AGAIN_NANOS = 10_000_000;

    private final Assignment assignment;
    private final CountedSeries series;

    JetSubject(Assignment assignment) {
        this.assignment = assignment;
        this.series = CountedSeries.of(assignment);
    }

    @Override
    public Drained drain() throws Exception {
        Truth truth = Truth.read(Path.of(assignment.truthFile()));
        long lastEndMs = HopCounts.lastOverMs(truth);
        HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config());
        try {
            DrainWatch watch = DrainWatch.start(assignment.hits(), READ::get);
            Job job = hazelcast.getJet().newJob(pipeline(), jobConfig());
            while (READ.get() < assignment.hits() || !COUNTS.isComplete(lastEndMs, truth, series)) {
                if (job.getFuture().isDone()) { // asking for the status costs milliseconds
                    job.join();
                }
                LockSupport.parkNanos(ASK_AGAIN_NANOS);
            }
            Drained drained = watch.committed();
            job.cancel();
            awaitEnd(job);
            return drained;
        } finally {
            hazelcast.getLifecycleService().terminate();
        }
    }

    private static void awaitEnd(Job job) {
        try {
            job.join();
        } catch (CancellationException e) {
            // as wished
        }
    }

    private Pipeline pipeline() {
        Properties consumer = new Properties();
        consumer.put("bootstrap.servers", assignment.bootstrapServers());
        consumer.put("key.deserializer", ByteArrayDeserializer.class.getName());
        consumer.put("value.deserializer", ByteArrayDeserializer.class.getName());
        consumer.put("auto.offset.reset", "earliest");
        consumer.put("max.poll.records", "10000");
        // Jet polls without waiting, so one poll takes what the socket holds: with Kafka's 64 KB it is 2.5 times
        // slower.
        consumer.put("receive.buffer.bytes", "-1");
        assignment.settings().forEach((name, value) -> {
            if (name.startsWith(CONSUMER)) {
                consumer.put(name.substring(CONSUMER.length()), value);
            }
        });
        CountedSeries counted = series;
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(KafkaSources.<byte[], byte[], List<String>>kafka(
                        consumer, hit -> keysOrNull(hit, counted), assignment.topic()))
                .withNativeTimestamps(0)
                .setLocalParallelism(parallelism())
                .flatMap(keys -> Traversers.traverseIterable(keys))
                .setLocalParallelism(parallelism())
                .groupingKey(key -> key)
                .window(WindowDefinition.sliding(HopCounts.SIZE.toMillis(), HopCounts.SLIDE.toMillis()))
                .aggregate(AggregateOperations.counting())
                .setLocalParallelism(parallelism())
                .map(count -> noted(count.key(), count.start(), count.result()))
                .setLocalParallelism(parallelism())
                .writeTo(Sinks.noop());
        return pipeline;
    }

    /** Null drops the hit where it is cheapest: before it becomes an item of Jet's. */
    private static @Nullable List<String> keysOrNull(ConsumerRecord<byte[], byte[]> hit, CountedSeries series) {
        READ.incrementAndGet();
        CheckoutHit checkout = FILTER.get().read(hit.value());
        return checkout == null ? null : series.keys(checkout);
    }

    private static Long noted(String key, long startMs, long count) {
        COUNTS.add(key, startMs, count);
        return count;
    }

    private int parallelism() {
        return Integer.parseInt(assignment.setting("parallelism", "1"));
    }

    private Config config() {
        Config config = new Config().setClusterName(assignment.run());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        // Between two polls that found nothing Jet sleeps longer and longer, by default for up to 5 ms: in them the
        // broker's answer lies in the socket unread, and a drain takes about three times as long.
        config.setProperty(LONGEST_SLEEP, assignment.setting("sleep", "25"));
        config.getJetConfig().setEnabled(true);
        String threads = assignment.settings().get("threads");
        if (threads != null) {
            config.getJetConfig().setCooperativeThreadCount(Integer.parseInt(threads));
        }
        NetworkConfig network = config.getNetworkConfig();
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        return config;
    }

    private JobConfig jobConfig() {
        long snapshotMs = Long.parseLong(assignment.setting("snapshot", "10000"));
        JobConfig config = new JobConfig().setName(assignment.run());
        return snapshotMs == 0
                ? config.setProcessingGuarantee(ProcessingGuarantee.NONE)
                : config.setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                        .setSnapshotIntervalMillis(snapshotMs);
    }

    @Override
    public void check(Truth truth) {
        COUNTS.check(HopCounts.lastOverMs(truth), truth, series);
    }
}
