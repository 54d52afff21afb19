package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.HttpAddress;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.http.Answer;
import io.checkoutmetrics.http.HttpListener;
import io.checkoutmetrics.http.ListenException;
import io.checkoutmetrics.operate.Health;
import io.checkoutmetrics.operate.HealthReport;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.operate.JobMetrics;
import io.checkoutmetrics.page.Page;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * What a process that runs the job serves over HTTP, from before it starts until after it has stopped: {@code /livez},
 * {@code /readyz}, {@code /metrics}; and, once it runs, the page with its API. Where {@code http.listen} is off, nothing.
 * Health besides, for probes, where {@code http.probes.listen} says.
 */
final class Serving implements AutoCloseable {
    private final Health health;
    private static final Answer NOT_STARTED = Answer.notYet(
            "The job has not started yet; /readyz says what it waits for. Your browser asks again every 2 seconds.", 2);

    private final JobMetrics metrics;
    private final Optional<HttpListener> listener;
    private final Optional<HttpListener> probes;
    private final Clock clock;
    private @Nullable Page page;

    private Serving(Settings settings, Optional<HttpListener> listener, Optional<HttpListener> probes, Clock clock) {
        this.listener = listener;
        this.probes = probes;
        this.clock = clock;
        this.health = new Health(settings, clock);
        this.metrics = new JobMetrics(health, clock);
        listener.ifPresent(http -> {
            addHealth(http);
            http.route("/metrics", request -> Answer.of(200, JobMetrics.CONTENT_TYPE, metrics.scrape()));
            http.meanwhile(NOT_STARTED);
            http.start();
        });
        probes.ifPresent(http -> {
            addHealth(http);
            http.start();
        });
    }

    /** @throws ListenException when it cannot listen where the settings say */
    static Serving begin(Settings settings, Clock clock) {
        return begin(settings, settings.http().listen(), clock);
    }

    /** The same at another address. */
    static Serving begin(Settings settings, Optional<HttpAddress> address, Clock clock) {
        Optional<String> token = settings.http().token().map(Password::value);
        Optional<HttpListener> listener = address.map(at -> HttpListener.bind(at, token));
        try {
            return new Serving(settings, listener, settings.http().probes().map(HttpListener::bindForProbes), clock);
        } catch (ListenException e) {
            listener.ifPresent(HttpListener::close);
            throw e;
        }
    }

    private void addHealth(HttpListener http) {
        http.openRoute("/livez", request -> answer(health.alive()));
        http.openRoute("/readyz", request -> answer(health.ready()));
    }

    private static Answer answer(HealthReport report) {
        return Answer.of(report.ok() ? 200 : 503, Answer.JSON, report.toJson());
    }

    /** No broker answers, so the job cannot be started yet. */
    void waitsForBrokers() {
        health.waitsForBrokers();
    }

    /** From here on it is about that job, which has those settings. */
    void started(Job job, Settings settings) {
        health.started(job);
        listener.ifPresent(http -> {
            metrics.started(job);
            Page opened = Page.open(settings, clock, () -> job.outcomes().snapshot());
            page = opened;
            opened.serveOn(http);
            http.complete();
        });
    }

    /** To be called by the command's loop, several times a second. @return true, to stand in a condition */
    boolean beat() {
        health.beat();
        return true;
    }

    /** The job is about to be closed. */
    void stopping() {
        health.stopping();
    }

    /** Where it listens, for a person to open; empty where it does not. */
    Optional<String> url() {
        return listener.map(HttpListener::url);
    }

    /** Where it listens for probes alone; empty where it does not. */
    Optional<String> probesUrl() {
        return probes.map(HttpListener::url);
    }

    @Override
    public void close() {
        if (page != null) {
            page.close();
        }
        listener.ifPresent(HttpListener::close);
        probes.ifPresent(HttpListener::close);
        metrics.close();
    }
}
