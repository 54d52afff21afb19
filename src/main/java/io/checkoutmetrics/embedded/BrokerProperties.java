package io.checkoutmetrics.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** What makes a broker small, quick to start and alone in its cluster. */
final class BrokerProperties {
    static final int NODE_ID = 1;

    private BrokerProperties() {}

    /**
     * @param over properties that win, except over node, addresses and folder; {@code listeners} and
     *     {@code listener.security.protocol.map} come on top of its own
     */
    static Properties of(BoundSockets sockets, Path folder, Map<String, String> over) {
        Properties properties = new Properties();
        alone(properties);
        small(properties);
        forever(properties);
        properties.putAll(over);
        place(properties, sockets, folder);
        further(properties, over);
        return properties;
    }

    private static void place(Properties properties, BoundSockets sockets, Path folder) {
        String broker = BoundSockets.BROKER + "://" + sockets.brokerAddress();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + sockets.controllerAddress());
        properties.setProperty(
                "listeners", broker + "," + BoundSockets.CONTROLLER + "://" + sockets.controllerAddress());
        properties.setProperty("advertised.listeners", broker);
        properties.setProperty("controller.listener.names", BoundSockets.CONTROLLER);
        properties.setProperty("inter.broker.listener.name", BoundSockets.BROKER);
        properties.setProperty(
                "listener.security.protocol.map",
                BoundSockets.BROKER + ":PLAINTEXT," + BoundSockets.CONTROLLER + ":PLAINTEXT");
        properties.setProperty("log.dirs", folder.toString());
    }

    private static void further(Properties properties, Map<String, String> over) {
        String listeners = over.get("listeners");
        if (listeners != null) {
            append(properties, "listeners", listeners);
            append(properties, "advertised.listeners", listeners);
            append(
                    properties,
                    "listener.security.protocol.map",
                    over.getOrDefault("listener.security.protocol.map", ""));
        }
    }

    private static void append(Properties properties, String name, String more) {
        properties.setProperty(name, properties.getProperty(name) + "," + more);
    }

    private static void alone(Properties properties) {
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("initial.broker.registration.timeout.ms", "20000");
    }

    private static void small(Properties properties) {
        properties.setProperty("offsets.topic.num.partitions", "4");
        properties.setProperty("transaction.state.log.num.partitions", "4");
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    }

    /** Records carry the time of the data, be it years ago or ahead: no retention by time, no bounds on it. */
    private static void forever(Properties properties) {
        properties.setProperty("log.retention.ms", "-1");
        properties.setProperty("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        properties.setProperty("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
    }
}
