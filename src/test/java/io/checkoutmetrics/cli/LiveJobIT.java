package io.checkoutmetrics.cli;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.checkoutmetrics.Patience;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.oracle.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job on live input, by the clock: what happens when checkouts stop, and when everything stops. */
class LiveJobIT {
    private static final Duration PATIENCE = Patience.LONG;

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = BrokerAndRegistry.withPartitions(3);

    @TempDir
    Path folder;

    @Test
    void countFallsToZero_whenCheckoutsStop_andWhenAllInputStops() throws Exception {
        TopicReader topics = new TopicReader(CLUSTER.brokers(), CLUSTER.registryUrl());
        ConfiguredJob configured = ConfiguredJob.in(folder, CLUSTER.settings(), "windows=2s/200ms", "idle.timeout=1s");
        try (CommandProcess job = configured.run();
                HitsTopic hits = new HitsTopic(configured.settings())) {
            await().atMost(PATIENCE).until(() -> exists(topics, "hits"));
            try (Visitors visitors = new Visitors(hits)) {
                visitors.checkOut.set(true);
                awaitTotal(topics, total -> checkouts(total) > 0 && isLive(total));
                visitors.checkOut.set(false);
                awaitTotal(topics, total -> checkouts(total) == 0 && hitsIn(total) > 0 && isLive(total));
            }
            awaitTotal(topics, total -> hitsIn(total) == 0 && status(total).equals("INPUT_IDLE"));
            Instant idleAsOf = asOf(Objects.requireNonNull(latestTotal(topics)));
            awaitTotal(topics, total -> asOf(total).isAfter(idleAsOf));
            JobAndOracle.stop(job);
        }
    }

    /** Sends page views every few milliseconds, and checkouts when told to, until closed. */
    private static final class Visitors implements AutoCloseable {
        private final AtomicBoolean checkOut = new AtomicBoolean();
        private final AtomicBoolean gone = new AtomicBoolean();
        private final Thread thread;

        Visitors(HitsTopic hits) {
            thread = new Thread(() -> {
                for (int i = 0; !gone.get(); i++) {
                    String events = checkOut.get() && i % 5 == 0 ? "scCheckout:A" + i : "";
                    hits.send(new ReceivedHit(
                            Hit.newBuilder()
                                    .setReportSuite("eu")
                                    .setEvents(events)
                                    .setVisitorId("v" + i % 50)
                                    .build(),
                            System.currentTimeMillis()));
                    hits.flush();
                }
            });
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            gone.set(true);
            thread.join();
        }
    }

    private interface Condition {
        boolean holds(JsonNode total);
    }

    private static void awaitTotal(TopicReader topics, Condition condition) {
        await().atMost(PATIENCE).until(() -> {
            JsonNode total = latestTotal(topics);
            return total != null && condition.holds(total);
        });
    }

    private static @Nullable JsonNode latestTotal(TopicReader topics) {
        JsonNode latest = null;
        for (var one : topics.published("checkout-metrics")) {
            if (one.key().equals("[\"eu\"]")) {
                latest = one.value();
            }
        }
        return latest;
    }

    private static boolean isLive(JsonNode total) {
        return !status(total).equals("INPUT_IDLE")
                && asOf(total).isAfter(Instant.now().minusSeconds(10));
    }

    private static String status(JsonNode total) {
        return total.path("status").asText();
    }

    private static Instant asOf(JsonNode total) {
        return Instant.parse(total.path("asOf").asText());
    }

    private static long checkouts(JsonNode total) {
        return total.path("windows").path(0).path("checkouts").asLong();
    }

    private static long hitsIn(JsonNode total) {
        return total.path("windows").path(0).path("hits").asLong();
    }

    private static boolean exists(TopicReader topics, String topic) {
        try {
            return !topics.ends(topic).isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
