package io.checkoutmetrics.operate;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClassicGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts the transactions that an instance left open when it died. Until then nobody can go on where it stopped, nor read
 * what comes after, and the brokers would wait until they time out, and look for such only every so often (10 s, and 10 s).
 * Whoever is no member of the group any more cannot commit: nothing is taken from anybody. Looks only while work moves
 * between instances.
 */
final class AbandonedTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedTransactions.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    /** The engine may go on with part of the work before all of it has moved. */
    private static final Duration AFTER_REBALANCE = Duration.ofSeconds(30);

    /** The engine names clients and transactions by application, process and thread. */
    private static final Pattern PROCESS = Pattern.compile("-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-");

    private final Admin admin;
    private final String applicationId;
    private final boolean isAssignedByBrokers;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "abandoned-transactions");
        thread.setDaemon(true);
        return thread;
    });
    private Set<String> suspects = Set.of();
    private long rebalancedAtNanos = System.nanoTime();

    /**
     * @param admin closed by its owner, after this
     * @param isAssignedByBrokers whether the group is one of Kafka's streams groups
     */
    AbandonedTransactions(Admin admin, String applicationId, boolean isAssignedByBrokers) {
        this.admin = admin;
        this.applicationId = applicationId;
        this.isAssignedByBrokers = isAssignedByBrokers;
    }

    void lookAfterRebalances(KafkaStreams engine) {
        looker.scheduleWithFixedDelay(
                () -> lookIfRebalanced(engine), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookIfRebalanced(KafkaStreams engine) {
        try {
            if (engine.state() == KafkaStreams.State.REBALANCING) {
                rebalancedAtNanos = System.nanoTime();
            }
            if (System.nanoTime() - rebalancedAtNanos < AFTER_REBALANCE.toNanos()) {
                engine.metadataForLocalThreads().stream()
                        .flatMap(thread -> processOf(thread.consumerClientId()).stream())
                        .findFirst()
                        .ifPresent(this::look);
            } else {
                suspects = Set.of();
            }
        } catch (RuntimeException e) {
            LOG.debug("not known whether there are abandoned transactions", e);
            suspects = Set.of();
        }
    }

    /**
     * Aborts what it has already found at its last look: a broker may know of a member later than another.
     *
     * @param ownProcess nothing is done if it is not in the group itself, or if it cannot tell who is
     */
    void look(String ownProcess) {
        Set<String> open = openTransactions();
        Optional<Set<String>> living = open.isEmpty() ? Optional.empty() : livingProcesses();
        if (living.isEmpty() || !living.get().contains(ownProcess)) {
            suspects = Set.of();
            return;
        }
        Set<String> abandoned = new TreeSet<>(open);
        abandoned.removeIf(id -> living.get().contains(processOf(id).orElseThrow()));
        Set<String> twice = new TreeSet<>(abandoned);
        twice.retainAll(suspects);
        suspects = abandoned;
        if (!twice.isEmpty()) {
            LOG.warn("aborting what instances that are gone have begun: {}", String.join(", ", twice));
            KafkaAnswers.of(admin.fenceProducers(twice, new FenceProducersOptions().timeoutMs(KafkaAnswers.withinMs()))
                    .all());
        }
    }

    private Set<String> openTransactions() {
        Collection<TransactionListing> open = KafkaAnswers.of(admin.listTransactions(new ListTransactionsOptions()
                        .filterStates(List.of(TransactionState.ONGOING))
                        .timeoutMs(KafkaAnswers.withinMs()))
                .all());
        return open.stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> processOf(id).isPresent())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Empty where somebody has chosen another name for a client than the engine would. */
    private Optional<Set<String>> livingProcesses() {
        Set<String> living = new HashSet<>();
        for (Optional<String> process : isAssignedByBrokers ? membersOfStreamsGroup() : membersOfClassicGroup()) {
            if (process.isEmpty()) {
                return Optional.empty();
            }
            living.add(process.get());
        }
        return Optional.of(living);
    }

    private List<Optional<String>> membersOfClassicGroup() {
        return KafkaAnswers.of(admin.describeClassicGroups(
                                List.of(applicationId),
                                new DescribeClassicGroupsOptions().timeoutMs(KafkaAnswers.withinMs()))
                        .all())
                .values()
                .stream()
                .flatMap(group -> group.members().stream())
                .map(MemberDescription::clientId)
                .map(this::processOf)
                .toList();
    }

    private List<Optional<String>> membersOfStreamsGroup() {
        return KafkaAnswers.of(admin.describeStreamsGroups(
                                List.of(applicationId),
                                new DescribeStreamsGroupsOptions().timeoutMs(KafkaAnswers.withinMs()))
                        .all())
                .values()
                .stream()
                .flatMap(group -> group.members().stream())
                .map(StreamsGroupMemberDescription::processId)
                .map(Optional::of)
                .toList();
    }

    /** Of the name of a client or transaction of this application: another's name may begin alike. */
    private Optional<String> processOf(String name) {
        Matcher process = PROCESS.matcher(name);
        return name.startsWith(applicationId)
                        && process.region(applicationId.length(), name.length()).lookingAt()
                ? Optional.of(process.group(1))
                : Optional.empty();
    }

    @Override
    public void close() {
        looker.shutdownNow();
    }
}
