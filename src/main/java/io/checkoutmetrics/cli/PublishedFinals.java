package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.reconcile.Finals;
import io.checkoutmetrics.reconcile.LateToJob;
import io.checkoutmetrics.reconcile.Ledger;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.subscriber.DeadLetters;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.AuthorizationException;

/** What a job on a cluster has published about a time in the past: its finals, and its dead letters of hits that came late. */
final class PublishedFinals {
    private static final Duration POLL = Duration.ofMillis(250);

    private final Settings settings;

    PublishedFinals(Settings settings) {
        this.settings = settings;
    }

    /** @throws io.checkoutmetrics.operate.JobException when the finals cannot be read, saying why and what to do */
    void requireTopic() {
        OutputSubscriber.finals(settings, Instant.now()).close();
    }

    /**
     * Reads all there is now.
     *
     * @param from nothing about that time was published before
     * @param talk is told what cannot be read
     */
    void read(Instant from, Finals finals, Ledger ledger, Consumer<String> talk) {
        SubscriberTalk subscriberTalk = new SubscriberTalk(System.err);
        try (OutputSubscriber<CheckoutInterval> topic = OutputSubscriber.finals(settings, from)) {
            while (!topic.isCaughtUp()) {
                topic.poll(POLL, (series, one) -> {
                    if (one != null) {
                        finals.take(one);
                    }
                });
                subscriberTalk.look(topic);
            }
            if (topic.broken() > 0) {
                talk.accept(SubscriberTalk.left(topic.broken()));
            }
        }
        try (LateToJob late = new LateToJob(settings, RegistryClient.of(settings.registry()), ledger)) {
            DeadLetters.read(settings, from, late::take);
            tell(late.others(), talk);
        } catch (AuthorizationException e) {
            talk.accept("The dead letters cannot be read, so what came late shows as missing: " + e.getMessage());
        }
    }

    private static void tell(Map<String, Long> others, Consumer<String> talk) {
        if (!others.isEmpty()) {
            talk.accept(
                    "Since the feed begins, the job has dead letters of other reasons, which may be among the missing: "
                            + others);
        }
    }
}
