package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.hit.CheckoutHit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Apache Flink in a local cluster, its windows of an hour by ten seconds, state on the heap, objects handed on without
 * copies. Settings: {@code series},
 * {@code parallelism} (1), {@code checkpoint} (milliseconds between checkpoints, 10000; 0 for none).
 */
final class FlinkSubject implements Subject {
    /** Flink makes copies of what it is given; within this process they meet here. */
    private static final AtomicLong READ = new AtomicLong();

    private static final HopCounts COUNTS = new HopCounts();

    private final Assignment assignment;

    FlinkSubject(Assignment assignment) {
        this.assignment = assignment;
    }

    @Override
    public Drained drain() throws Exception {
        try (StreamExecutionEnvironment flink = environment()) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            assignment
                    .endOffsets()
                    .forEach((partition, end) -> ends.put(new TopicPartition(assignment.topic(), partition), end));
            KafkaSource<String> hits = KafkaSource.<String>builder()
                    .setBootstrapServers(assignment.bootstrapServers())
                    .setGroupId(assignment.run())
                    .setTopics(assignment.topic())
                    .setStartingOffsets(OffsetsInitializer.earliest())
                    .setBounded(OffsetsInitializer.offsets(ends))
                    .setProperty("max.poll.records", "10000")
                    .setProperty("receive.buffer.bytes", "-1")
                    .setDeserializer(new OnlyCheckouts(CountedSeries.of(assignment)))
                    .build();
            flink.fromSource(hits, WatermarkStrategy.forMonotonousTimestamps(), "hits")
                    .keyBy(key -> key, Types.STRING)
                    .window(SlidingEventTimeWindows.of(HopCounts.SIZE, HopCounts.SLIDE))
                    .aggregate(new Count(), new Noted())
                    .sinkTo(new DiscardingSink<>());
            DrainWatch watch = DrainWatch.start(assignment.hits(), READ::get);
            flink.execute(assignment.run());
            return watch.committed();
        }
    }

    private StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file://" + assignment.stateFolder() + "/checkpoints");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(
                Integer.parseInt(assignment.setting("parallelism", "1")), configuration);
        flink.getConfig().enableObjectReuse();
        long checkpointMs = Long.parseLong(assignment.setting("checkpoint", "10000"));
        if (checkpointMs > 0) {
            flink.enableCheckpointing(checkpointMs, CheckpointingMode.EXACTLY_ONCE);
        }
        return flink;
    }

    @Override
    public void check(Truth truth) {
        COUNTS.check(HopCounts.lastEndMs(truth), truth, CountedSeries.of(assignment));
    }

    /** Drops what is no checkout where it is cheapest: before it becomes a record of Flink's. */
    private static final class OnlyCheckouts implements KafkaRecordDeserializationSchema<String> {
        private static final long serialVersionUID = 1;

        private final CountedSeries series;
        private transient @Nullable CheckoutFilter filter;

        OnlyCheckouts(CountedSeries series) {
            this.series = series;
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> hit, Collector<String> out) {
            READ.incrementAndGet();
            if (filter == null) {
                filter = new CheckoutFilter();
            }
            CheckoutHit checkout = filter.read(hit.value());
            if (checkout != null) {
                series.keys(checkout).forEach(out::collect);
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    private static final class Count implements AggregateFunction<String, Long, Long> {
        private static final long serialVersionUID = 1;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(String key, Long count) {
            return count + 1;
        }

        @Override
        public Long getResult(Long count) {
            return count;
        }

        @Override
        public Long merge(Long one, Long other) {
            return one + other;
        }
    }

    private static final class Noted extends ProcessWindowFunction<Long, Long, String, TimeWindow> {
        private static final long serialVersionUID = 1;

        @Override
        public void process(String key, Context context, Iterable<Long> counts, Collector<Long> out) {
            for (Long count : counts) {
                COUNTS.add(key, context.window().getStart(), count);
                out.collect(count);
            }
        }
    }
}
