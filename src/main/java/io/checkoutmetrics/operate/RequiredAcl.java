package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing Kafka must allow the job's principal to do, for whatever principal that is. In Kafka READ, WRITE, ALTER and
 * DELETE each allow DESCRIBE too. There is none for the cluster: idempotent writes need no ACL of their own since Kafka
 * 2.8, and {@code exactly_once_v2} none but that for the transactional IDs.
 *
 * @param pattern literal: of that name; prefixed: of every name that begins so
 * @param purpose what the job does with it
 */
record RequiredAcl(
        ResourceType resource, PatternType pattern, String name, Set<AclOperation> operations, String purpose) {
    RequiredAcl {
        operations = Collections.unmodifiableSet(new TreeSet<>(operations));
    }

    /** The fewest that the job gets along with under these settings. */
    static List<RequiredAcl> of(Settings settings) {
        Settings.Topics topics = settings.topics();
        String internal = settings.applicationId() + "-";
        List<RequiredAcl> acls = new ArrayList<>();
        acls.add(topic(topics.input(), settings, "reads hits", AclOperation.READ));
        acls.add(topic(
                topics.metrics(),
                settings,
                "publishes rolling Checkouts, and reads them for its page",
                AclOperation.READ,
                AclOperation.WRITE));
        acls.add(topic(
                topics.intervals(),
                settings,
                "publishes final Checkouts, and reads them for its page",
                AclOperation.READ,
                AclOperation.WRITE));
        if (settings.alerts().on()) {
            acls.add(topic(
                    settings.alerts().topic(),
                    settings,
                    "publishes alerts, and reads them for its page",
                    AclOperation.READ,
                    AclOperation.WRITE));
        }
        acls.add(topic(topics.deadLetters(), settings, "keeps what cannot be counted", AclOperation.WRITE));
        acls.add(new RequiredAcl(
                ResourceType.TOPIC,
                PatternType.PREFIXED,
                internal,
                Set.of(
                        AclOperation.CREATE,
                        AclOperation.READ,
                        AclOperation.WRITE,
                        AclOperation.DELETE,
                        AclOperation.DESCRIBE_CONFIGS),
                "its internal topics; DELETE: of records it has gone through"));
        acls.add(new RequiredAcl(
                ResourceType.GROUP,
                PatternType.LITERAL,
                settings.applicationId(),
                Set.of(AclOperation.READ),
                "shares the work among instances, commits offsets"));
        acls.add(new RequiredAcl(
                ResourceType.GROUP,
                PatternType.LITERAL,
                KnownTopics.group(settings),
                Set.of(AclOperation.READ),
                "remembers which topics it began with"));
        acls.add(new RequiredAcl(
                ResourceType.TRANSACTIONAL_ID,
                PatternType.PREFIXED,
                internal,
                Set.of(AclOperation.WRITE),
                "exactly once: state, offsets and results in one transaction"));
        return List.copyOf(acls);
    }

    private static RequiredAcl topic(String name, Settings settings, String purpose, AclOperation... operations) {
        Set<AclOperation> wanted = new TreeSet<>(List.of(operations));
        if (settings.topics().create()) {
            wanted.add(AclOperation.CREATE);
        }
        return new RequiredAcl(ResourceType.TOPIC, PatternType.LITERAL, name, wanted, purpose);
    }
}
