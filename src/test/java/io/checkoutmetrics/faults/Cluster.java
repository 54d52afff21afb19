package io.checkoutmetrics.faults;

import io.checkoutmetrics.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * KRaft nodes, each in a process of its own. Each instance of the job has a link: a listener of its own at every node,
 * behind a proxy; whoever is to see no faults connects directly.
 */
final class Cluster implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final List<String> FLAGS = List.of("-Xms64m", "-Xmx320m");

    private final Path folder;
    private final int links;
    private final String id = Uuid.randomUuid().toString();
    private final List<Node> nodes = new ArrayList<>();

    private static final class Node {
        final int id;
        final int controller = Ports.free();
        final int direct = Ports.free();
        final List<Proxy> links = new ArrayList<>();
        final List<Integer> behindLinks = new ArrayList<>();
        Child process;

        @SuppressWarnings("NullAway") // started before anybody gets hold of it
        Node(int id) {
            this.id = id;
        }
    }

    private Cluster(Path folder, int links) {
        this.folder = folder;
        this.links = links;
    }

    static Cluster start(int size, int links, Path folder) {
        Cluster cluster = new Cluster(folder, links);
        for (int i = 0; i < size; i++) {
            Node node = new Node(i + 1);
            for (int link = 0; link < links; link++) {
                int behind = Ports.free();
                node.behindLinks.add(behind);
                node.links.add(Proxy.listen(Ports.free(), behind));
            }
            cluster.nodes.add(node);
        }
        try {
            for (int i = 0; i < size; i++) {
                cluster.begin(cluster.nodes.get(i));
            }
            cluster.awaitReady();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    int size() {
        return nodes.size();
    }

    /** Addresses for those who see no faults of the network. */
    String direct() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.direct).collect(Collectors.joining(","));
    }

    /** Addresses on that link. */
    String bootstrap(int link) {
        return nodes.stream()
                .map(node -> "127.0.0.1:" + node.links.get(link).port())
                .collect(Collectors.joining(","));
    }

    /** The ways to all nodes on that link. */
    List<Proxy> link(int link) {
        return nodes.stream().map(node -> node.links.get(link)).toList();
    }

    /** The ways to that node, on all links. */
    List<Proxy> linksOf(int node) {
        return nodes.get(node).links;
    }

    Child process(int node) {
        return nodes.get(node).process;
    }

    /** Frees all ways, and starts every node that does not run. */
    void heal() {
        nodes.forEach(node -> node.links.forEach(Proxy::heal));
        nodes.stream().filter(node -> !node.process.isRunning()).forEach(this::begin);
        awaitReady();
    }

    private void begin(Node node) {
        Path file = folder.resolve("node-" + node.id + ".properties");
        try {
            Files.createDirectories(folder);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties(node).store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node.process = Child.start(
                "node " + node.id,
                folder.resolve("node-" + node.id + ".log"),
                FLAGS,
                NodeMain.class.getName(),
                file.toString());
    }

    private void awaitReady() {
        nodes.forEach(node -> node.process.awaitSaying(NodeMain.READY, READY_WITHIN));
    }

    private Properties properties(Node node) {
        Properties properties = new Properties();
        place(properties, node);
        String copies = Integer.toString(nodes.size());
        String mustHave = Integer.toString(nodes.size() / 2 + 1);
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.setProperty(topic + ".replication.factor", copies);
        }
        properties.setProperty("default.replication.factor", copies);
        properties.setProperty("min.insync.replicas", mustHave);
        properties.setProperty("transaction.state.log.min.isr", mustHave);
        properties.setProperty("share.coordinator.state.topic.min.isr", mustHave);
        properties.setProperty("offsets.topic.num.partitions", "3");
        properties.setProperty("transaction.state.log.num.partitions", "3");
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        streamsGroups(properties);
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        properties.setProperty("log.retention.ms", "-1");
        return properties;
    }

    /** What with the streams group protocol brokers decide, not clients. */
    private static void streamsGroups(Properties properties) {
        properties.setProperty("group.streams.min.session.timeout.ms", "6000");
        properties.setProperty("group.streams.session.timeout.ms", "6000");
        properties.setProperty("group.streams.min.heartbeat.interval.ms", "500");
        properties.setProperty("group.streams.heartbeat.interval.ms", "500");
        properties.setProperty("group.streams.num.standby.replicas", "1");
        properties.setProperty("group.streams.initial.rebalance.delay.ms", "0");
    }

    private void place(Properties properties, Node node) {
        List<String> listeners = new ArrayList<>(List.of("DIRECT://127.0.0.1:" + node.direct));
        List<String> advertised = new ArrayList<>(listeners);
        List<String> protocols = new ArrayList<>(List.of("CONTROLLER:PLAINTEXT", "DIRECT:PLAINTEXT"));
        for (int link = 0; link < links; link++) {
            listeners.add("LINK" + link + "://127.0.0.1:" + node.behindLinks.get(link));
            advertised.add(
                    "LINK" + link + "://127.0.0.1:" + node.links.get(link).port());
            protocols.add("LINK" + link + ":PLAINTEXT");
        }
        listeners.add("CONTROLLER://127.0.0.1:" + node.controller);
        properties.setProperty("cluster.id", id);
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(node.id));
        properties.setProperty("log.dirs", folder.resolve("node-" + node.id).toString());
        properties.setProperty("listeners", String.join(",", listeners));
        properties.setProperty("advertised.listeners", String.join(",", advertised));
        properties.setProperty("listener.security.protocol.map", String.join(",", protocols));
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("inter.broker.listener.name", "DIRECT");
        properties.setProperty(
                "controller.quorum.voters",
                IntStream.range(0, nodes.size())
                        .mapToObj(i -> nodes.get(i).id + "@127.0.0.1:" + nodes.get(i).controller)
                        .collect(Collectors.joining(",")));
    }

    @Override
    @SuppressWarnings("NullAway") // a node may not have been started when the start fails
    public void close() {
        for (Node node : nodes) {
            if (node.process != null) {
                node.process.close();
            }
            node.links.forEach(Proxy::close);
        }
    }
}
