package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.stream.Outcomes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private final MutableClock clock = new MutableClock();

    @Test
    void beforeTheJobRuns_theProcessIsMeasured_andWhatItIsWaitingFor() {
        Health health = new Health(new SettingsSource().read(), clock);
        try (JobMetrics metrics = new JobMetrics(health, clock)) {
            assertThat(metrics.scrape())
                    .contains(
                            "\ncheckout_metrics_ready 0.0\n",
                            "\ncheckout_metrics_part_ok{part=\"engine\"} 0.0\n",
                            "\nprocess_start_time_seconds ",
                            "\njvm_memory_used_bytes{area=\"heap\",")
                    .doesNotContain("checkout_metrics_hits_read");
        }
    }

    @Test
    void askingOften_costsNothing_forASecond() {
        Health health = new Health(new SettingsSource().read(), clock);
        try (JobMetrics metrics = new JobMetrics(health, clock)) {
            String first = metrics.scrape();
            clock.move(Duration.ofMillis(900));
            assertThat(metrics.scrape()).isSameAs(first);
            clock.move(Duration.ofMillis(200));
            assertThat(metrics.scrape()).isNotSameAs(first);
        }
    }

    @Test
    void excludedHits_areCountedByAFixedSetOfReasons() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new OutcomeMeters(new Outcomes()).bindTo(meters);
        assertThat(meters.find("checkout.metrics.excluded").meters())
                .extracting(meter -> meter.getId().getTag("reason"))
                .containsExactlyInAnyOrder(
                        "exclude_hit", "customer_perspective", "hit_source", "duplicate_purchase", "other");
    }

    @Test
    void ofKafkasMetrics_thoseOfStoresAreLeftOut_andTagsOutlastTheProcess() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        meters.config().meterFilter(new KafkaMeterFilter());
        String process = "app-5eb58059-32ac-40d7-bca8-6c2910bb5a4c";
        Gauge.builder("kafka.stream.state.put.rate", () -> 1)
                .tags("task.id", "0_1")
                .register(meters);
        Gauge.builder("kafka.stream.thread.commit.rate", () -> 1)
                .tags("thread.id", process + "-StreamThread-2", "kafka.version", "4.3.1")
                .register(meters);
        Gauge.builder("kafka.stream.alive.stream.threads", () -> 1)
                .tags("client.id", process)
                .register(meters);
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName() + meter.getId().getTags())
                .containsExactlyInAnyOrder(
                        "kafka.stream.thread.commit.rate[tag(kafka.version=4.3.1), tag(thread.id=StreamThread-2)]",
                        "kafka.stream.alive.stream.threads[tag(client.id=this)]");
    }
}
