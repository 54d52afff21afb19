package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.KafkaSettings;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.registry.RegistryClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the job can run: each check finds on its own, so everything is told at once. Changes nothing but what it is told
 * to create, and waits a bounded time for each answer.
 */
public final class Preflight {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final String BROKERS = "kafka.bootstrap.servers";

    private final Settings settings;
    private final Admin admin;
    private final List<Finding> findings = new ArrayList<>();
    private int partitions;
    private boolean isSilent;

    private Preflight(Settings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /**
     * Everything that can be known without starting the job.
     *
     * @param create whether topics that are missing are created
     * @throws io.checkoutmetrics.config.InvalidSettingsException when no client can be made of the settings
     * @throws JobException when no broker's address can be found
     */
    public static List<Finding> findings(Settings settings, boolean create) {
        StreamsSettings.check(settings);
        try (JobClients clients = JobClients.open(settings);
                RegistryClient registry = RegistryClient.of(settings.registry())) {
            Preflight preflight = new Preflight(settings, clients.admin());
            preflight.settings();
            preflight.promise();
            preflight.kafka(create);
            preflight.findings.addAll(new RegistryCheck(registry, settings).findings());
            return List.copyOf(preflight.findings);
        }
    }

    /**
     * What Kafka has to have before the job starts; missing topics are created where the settings say so.
     *
     * @return the number of partitions of the input topic
     * @throws NoAnswerException when brokers do not answer
     * @throws JobException with a line for every problem
     */
    static int beforeStart(Settings settings, Admin admin) {
        Preflight preflight = new Preflight(settings, admin);
        preflight.promise();
        preflight.kafka(settings.topics().create());
        List<String> problems = preflight.findings.stream()
                .filter(Finding::isProblem)
                .map(Finding::line)
                .toList();
        String all = String.join(System.lineSeparator(), problems);
        if (preflight.isSilent) {
            throw new NoAnswerException(all);
        }
        if (!problems.isEmpty()) {
            throw new JobException(all);
        }
        preflight.findings.stream()
                .filter(Finding::isWarning)
                .map(Finding::line)
                .forEach(LOG::warn);
        return preflight.partitions;
    }

    private void settings() {
        findings.add(Finding.ok("settings", "can be used"));
        settings.kafka().keySet().stream()
                .filter(name -> !KafkaSettings.isKnown(name))
                .sorted()
                .forEach(name -> findings.add(Finding.warning(
                        "kafka." + name,
                        "Kafka knows no such setting; it is passed on, and means nothing unless a plug-in knows it.",
                        "Correct it, or leave it out.")));
        findings.add(StateFolder.finding(settings));
    }

    private void promise() {
        if (!StreamsSettings.isExactlyOnce(settings)) {
            findings.add(Finding.warning(
                    "kafka." + StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                    "after a failure, checkouts may count twice.",
                    "Leave it out, and each counts exactly once."));
        }
    }

    private void kafka(boolean create) {
        int brokers = brokers();
        if (brokers == 0) {
            return;
        }
        try {
            topics(create, brokers);
        } catch (KafkaException e) {
            findings.add(refused(e));
        }
    }

    /** @return how many there are; 0 if nobody answers */
    private int brokers() {
        try {
            int brokers = KafkaAnswers.of(
                            admin.describeCluster(new DescribeClusterOptions().timeoutMs(KafkaAnswers.withinMs()))
                                    .nodes())
                    .size();
            String address = settings.kafka().getOrDefault("bootstrap.servers", "");
            String text = settings.kafka().getOrDefault("replication.factor", "-1");
            int wanted = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
            findings.add(
                    wanted > brokers
                            ? Finding.problem(
                                    "kafka.replication.factor",
                                    "internal topics are to have " + wanted + " replicas, and " + brokers
                                            + " brokers are there.",
                                    "Use " + brokers + " or less, or start more brokers.")
                            : Finding.ok(BROKERS, address + " answers, brokers: " + brokers));
            return brokers;
        } catch (KafkaException e) {
            findings.add(refused(e));
            return 0;
        }
    }

    private void topics(boolean create, int brokers) {
        Topics topics = new Topics(admin, settings);
        InternalTopicChecks internal = new InternalTopicChecks(settings);
        List<String> names = new ArrayList<>(internal.names());
        names.addAll(topics.wanted().values());
        TopicState.Answer found = TopicState.ask(admin, names);
        if (create && createMissing(topics, found)) {
            found = TopicState.ask(admin, names);
        }
        for (Map.Entry<String, String> wanted : topics.wanted().entrySet()) {
            findings.addAll(ofTopic(topics, wanted.getKey(), wanted.getValue(), found, brokers));
        }
        TopicState input = found.found().get(settings.topics().input());
        partitions = input == null ? 0 : input.partitions();
        identities(found);
        committed(internal, found);
        findings.addAll(new AclCheck(admin, settings).of(found));
    }

    private boolean createMissing(Topics topics, TopicState.Answer found) {
        boolean isAny = false;
        for (Map.Entry<String, String> wanted : topics.wanted().entrySet()) {
            String name = wanted.getValue();
            if (!found.found().containsKey(name) && !found.refused().containsKey(name)) {
                try {
                    topics.create(wanted.getKey());
                    isAny = true;
                } catch (JobException e) {
                    isSilent |= e instanceof NoAnswerException;
                    findings.add(Finding.problem(wanted.getKey(), String.valueOf(e.getMessage()), ""));
                }
            }
        }
        return isAny;
    }

    private List<Finding> ofTopic(Topics topics, String setting, String name, TopicState.Answer found, int brokers) {
        TopicState topic = found.found().get(name);
        if (topic != null) {
            return new TopicChecks(settings, brokers).of(setting, topic);
        }
        if (found.refused().containsKey(name)) {
            return List.of(); // told with the ACLs
        }
        if (findings.stream().anyMatch(finding -> finding.subject().equals(setting) && finding.isProblem())) {
            return List.of(); // it could not be created
        }
        return List.of(
                settings.topics().create()
                        ? Finding.warning(
                                setting, "\"" + name + "\" does not exist yet.", "The job creates it at start.")
                        : topics.missing(setting, name));
    }

    private void identities(TopicState.Answer found) {
        try {
            KnownTopics.read(admin, settings).forEach((topic, id) -> {
                TopicState now = found.found().get(topic);
                if (now != null && !now.id().toString().equals(id)) {
                    findings.add(Finding.problem(
                            "topics",
                            "\"" + topic
                                    + "\" was deleted and made anew since the job began: offsets mean other records"
                                    + " now, and what it held is lost.",
                            "Start anew under another application.id, with output topics of its own."));
                }
            });
        } catch (AuthorizationException e) {
            // told with the ACLs
        }
    }

    private void committed(InternalTopicChecks internal, TopicState.Answer found) {
        boolean hasBegun = false;
        try {
            OffsetCheck offsets = OffsetCheck.ask(admin, settings);
            boolean areLost = !offsets.hasBegun() && holdsCounts(internal, found);
            if (areLost) {
                offsets = OffsetCheck.ask(admin, settings); // another instance may have begun between the two questions
            }
            hasBegun = areLost || offsets.hasBegun();
            if (partitions > 0) {
                findings.add(areLost && !offsets.hasBegun() ? offsets.lost() : offsets.of(admin, partitions));
            }
        } catch (AuthorizationException e) {
            // told with the ACLs
        }
        findings.addAll(internal.of(found, partitions, hasBegun));
    }

    private boolean holdsCounts(InternalTopicChecks internal, TopicState.Answer found) {
        List<TopicPartition> changelogs = internal.ofCounts().stream()
                .map(found.found()::get)
                .filter(Objects::nonNull)
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .toList();
        return StoredCounts.areIn(changelogs, settings);
    }

    private Finding refused(KafkaException e) {
        if (e instanceof TimeoutException || e instanceof DisconnectException) {
            isSilent = true;
            return Finding.problem(
                    BROKERS, KafkaFailures.silence(settings, KafkaAnswers.WITHIN), KafkaFailures.SILENCE_REMEDY);
        }
        if (e instanceof AuthenticationException) {
            return Finding.problem(
                    BROKERS,
                    "the brokers do not let us in: " + e.getMessage() + ".",
                    "Correct the kafka.sasl.* and kafka.ssl.* settings.");
        }
        return Finding.problem(
                BROKERS, "Kafka failed to answer: " + e.getMessage() + ".", "Look at the brokers' logs.");
    }
}
