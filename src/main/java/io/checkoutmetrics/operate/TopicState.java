package io.checkoutmetrics.operate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic that is there.
 *
 * @param id that no other topic has, before or after
 * @param replicas of its partition that has the fewest
 * @param allowed what we may do with it; empty where the brokers do not say
 * @param configs its settings; empty where we may not read them
 */
record TopicState(
        String name,
        Uuid id,
        int partitions,
        int replicas,
        Set<AclOperation> allowed,
        Optional<Map<String, String>> configs) {

    /** Topics by name, those that are not there left out; and why some cannot be looked at. */
    record Answer(Map<String, TopicState> found, Map<String, KafkaException> refused) {}

    /**
     * Asks for what may be asked only: a question that would be denied stands in the brokers' log.
     *
     * @throws KafkaException when the brokers do not answer
     */
    static Answer ask(Admin admin, List<String> names) {
        Map<String, TopicState> found = new HashMap<>();
        Map<String, KafkaException> refused = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        names,
                        new DescribeTopicsOptions()
                                .includeAuthorizedOperations(true)
                                .timeoutMs(KafkaAnswers.withinMs()))
                .topicNameValues();
        answers.forEach((name, answer) -> {
            try {
                found.put(name, of(KafkaAnswers.of(answer)));
            } catch (UnknownTopicOrPartitionException e) {
                // is not there
            } catch (AuthorizationException e) {
                refused.put(name, e);
            }
        });
        configs(admin, found)
                .forEach((name, configs) -> found.computeIfPresent(name, (same, state) -> state.with(configs)));
        return new Answer(found, refused);
    }

    private static TopicState of(TopicDescription topic) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        Set<AclOperation> allowed = topic.authorizedOperations();
        return new TopicState(
                topic.name(),
                topic.topicId(),
                topic.partitions().size(),
                replicas,
                allowed == null ? Set.of() : Set.copyOf(allowed),
                Optional.empty());
    }

    private TopicState with(Map<String, String> values) {
        return new TopicState(name, id, partitions, replicas, allowed, Optional.of(values));
    }

    private static Map<String, Map<String, String>> configs(Admin admin, Map<String, TopicState> topics) {
        List<ConfigResource> readable = new ArrayList<>();
        topics.values().stream()
                .filter(topic -> topic.allowed.contains(AclOperation.DESCRIBE_CONFIGS))
                .forEach(topic -> readable.add(new ConfigResource(ConfigResource.Type.TOPIC, topic.name)));
        Map<String, Map<String, String>> configs = new HashMap<>();
        admin.describeConfigs(readable, new DescribeConfigsOptions().timeoutMs(KafkaAnswers.withinMs()))
                .values()
                .forEach((resource, answer) -> {
                    Map<String, String> values = new HashMap<>();
                    Config config = KafkaAnswers.of(answer);
                    config.entries().stream()
                            .filter(entry -> entry.value() != null)
                            .forEach(entry -> values.put(entry.name(), entry.value()));
                    configs.put(resource.name(), values);
                });
        return configs;
    }

    /** A setting of the topic; empty where it has none or we may not know. */
    String config(String setting) {
        return configs.map(values -> values.getOrDefault(setting, "")).orElse("");
    }
}
