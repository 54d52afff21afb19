package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.operate.PatientStart;
import io.checkoutmetrics.operate.ProgressLog;
import io.checkoutmetrics.operate.StateFolder;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Runs the job until it is told to stop (SIGTERM, Ctrl-C) or cannot go on.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--insecure",
            description = "Lets others read the page and its API without a token (http.insecure=true).")
    boolean isInsecure;

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws InterruptedException {
        talk.little();
        SettingsSource source = settingsOptions.source(true);
        if (isInsecure) {
            source.set("http.insecure", "true");
        }
        Settings settings = source.read();
        StateFolder.requireLasting(settings);
        Clock clock = Clock.systemUTC();
        try (Interruption interruption = new Interruption();
                Serving serving = Serving.begin(settings, clock)) {
            PatientStart start = new PatientStart(settings, clock, interruption::isRequested, why -> {
                serving.waitsForBrokers();
                LOG.warn("waiting for Kafka: {}", why);
            });
            Optional<Job> started = start.job();
            if (started.isPresent()) {
                try (Job job = started.get()) {
                    run(job, settings, serving, interruption, clock);
                }
            }
        }
        return 0;
    }

    private void run(Job job, Settings settings, Serving serving, Interruption interruption, Clock clock)
            throws InterruptedException {
        serving.started(job, settings);
        talk.asAService();
        LOG.info(
                "{} reads \"{}\" and publishes to \"{}\"",
                settings.applicationId(),
                settings.topics().input(),
                settings.topics().metrics());
        serving.url().ifPresent(url -> LOG.info("serves its page on {}/, and /metrics, /livez and /readyz", url));
        serving.probesUrl().ifPresent(url -> LOG.info("answers probes on {}/livez and /readyz", url));
        ProgressLog progress = new ProgressLog(settings, clock, LOG::warn);
        while (!interruption.isRequested() && !job.awaitEnd(Duration.ofMillis(100))) {
            serving.beat();
            progress.look(job.progress());
        }
        serving.stopping();
        LOG.info("stopping");
    }
}
