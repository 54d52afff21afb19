package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.resource.PatternType;

/**
 * What of the ACLs the job needs is not granted, as far as brokers say without being asked to do anything: what may be
 * done with topics and group that are there, whether internal topics could be created, whether transactions may be seen.
 */
final class AclCheck {
    private static final String SUBJECT = "ACLs";
    private static final String REMEDY = "The command \"topology\" prints all that the job needs.";

    private final Admin admin;
    private final Settings settings;

    AclCheck(Admin admin, Settings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /** A problem for every ACL that is missing. */
    List<Finding> of(TopicState.Answer topics) {
        List<Finding> findings = new ArrayList<>();
        for (RequiredAcl acl : RequiredAcl.of(settings)) {
            Set<AclOperation> missing = switch (acl.resource()) {
                case TOPIC -> onTopics(acl, topics);
                case GROUP -> onGroup(acl);
                case TRANSACTIONAL_ID -> onTransactions(acl);
                default -> Set.of();
            };
            if (!missing.isEmpty()) {
                findings.add(Finding.problem(
                        SUBJECT,
                        missing.stream().map(TopologyReport::word).collect(Collectors.joining(","))
                                + " is not allowed on " + TopologyReport.word(acl.resource()) + " \"" + acl.name()
                                + (acl.pattern() == PatternType.PREFIXED ? "…" : "") + "\": " + acl.purpose() + ".",
                        REMEDY));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(SUBJECT, "the brokers deny nothing that the job needs, as far as they say"));
        }
        return findings;
    }

    private Set<AclOperation> onTopics(RequiredAcl acl, TopicState.Answer topics) {
        Set<AclOperation> missing = new TreeSet<>();
        boolean isPrefix = acl.pattern() == PatternType.PREFIXED;
        topics.found().values().stream()
                .filter(topic -> isPrefix
                        ? topic.name().startsWith(acl.name())
                        : topic.name().equals(acl.name()))
                .filter(topic -> !topic.allowed().isEmpty())
                .forEach(topic -> acl.operations().stream()
                        .filter(operation -> operation != AclOperation.CREATE)
                        .filter(operation -> !topic.allowed().contains(operation))
                        .forEach(missing::add));
        boolean isRefused = topics.refused().keySet().stream()
                .anyMatch(name -> isPrefix ? name.startsWith(acl.name()) : name.equals(acl.name()));
        if (isRefused) {
            missing.addAll(acl.operations());
        }
        boolean isThere = topics.found().containsKey(acl.name());
        if (!isRefused && !isThere && acl.operations().contains(AclOperation.CREATE) && mayNotCreate(acl, isPrefix)) {
            missing.add(AclOperation.CREATE);
        }
        return missing;
    }

    private boolean mayNotCreate(RequiredAcl acl, boolean isPrefix) {
        NewTopic tried =
                new NewTopic(isPrefix ? acl.name() + "preflight" : acl.name(), Optional.empty(), Optional.empty());
        try {
            KafkaAnswers.of(admin.createTopics(
                            List.of(tried),
                            new CreateTopicsOptions().validateOnly(true).timeoutMs(KafkaAnswers.withinMs()))
                    .all());
            return false;
        } catch (AuthorizationException e) {
            return true;
        } catch (org.apache.kafka.common.errors.ApiException e) {
            return false; // there is something else about it, which is not what was asked
        }
    }

    private Set<AclOperation> onGroup(RequiredAcl acl) {
        try {
            ConsumerGroupDescription group = KafkaAnswers.of(admin.describeConsumerGroups(
                                    List.of(acl.name()),
                                    new DescribeConsumerGroupsOptions()
                                            .includeAuthorizedOperations(true)
                                            .timeoutMs(KafkaAnswers.withinMs()))
                            .all())
                    .values()
                    .iterator()
                    .next();
            Set<AclOperation> allowed = group.authorizedOperations();
            Set<AclOperation> missing = new TreeSet<>(acl.operations());
            missing.removeIf(operation -> allowed == null || allowed.contains(operation));
            return missing;
        } catch (AuthorizationException e) {
            return acl.operations();
        } catch (GroupIdNotFoundException | IllegalArgumentException e) {
            return Set.of(); // nobody is in it, or it is of the streams protocol
        }
    }

    private Set<AclOperation> onTransactions(RequiredAcl acl) {
        String id = acl.name() + "preflight";
        try {
            KafkaAnswers.of(admin.describeTransactions(
                            List.of(id), new DescribeTransactionsOptions().timeoutMs(KafkaAnswers.withinMs()))
                    .description(id));
            return Set.of();
        } catch (AuthorizationException e) {
            return acl.operations();
        } catch (TransactionalIdNotFoundException e) {
            return Set.of();
        }
    }
}
