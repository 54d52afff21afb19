package io.checkoutmetrics.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker, its own KRaft controller, inside this JVM, for clients on this machine: it listens on 127.0.0.1
 * only, with no authentication. Ready for clients, transactions too, when {@link #start} returns; keeps what it is
 * sent, without limit of time, in a folder, from which it can be started again. Not for production.
 */
public final class EmbeddedKafka implements Closeable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final int port;
    private final Metrics metrics;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private EmbeddedKafka(BoundSockets sockets, Path folder, Map<String, String> properties) throws IOException {
        KafkaConfig config = KafkaConfig.fromProps(BrokerProperties.of(sockets, folder, properties), false);
        format(folder);
        var loaded = KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(EmbeddedKafka.class), "");
        port = sockets.brokerPort();
        bootstrapServers = sockets.brokerAddress();
        metrics = Server.initializeMetrics(
                config, Time.SYSTEM, loaded._1().clusterId().orElseThrow());
        SharedServer shared = new SharedServer(
                config,
                loaded._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.<InetSocketAddress>of(),
                new StandardFaultHandlerFactory(),
                sockets);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), loaded._2());
        broker = new BrokerServer(shared);
    }

    /** A broker on a free port. */
    public static EmbeddedKafka start(Path folder) throws IOException {
        return start(folder, 0, Map.of());
    }

    /**
     * @param folder for everything it keeps; made if there is none, continued if a broker has been there before
     * @param port to listen on, 0 for a free one
     * @param properties of the broker, over those it comes with; {@code listeners} are further ones, such as
     *     {@code SASL://127.0.0.1:0}, beside its own
     * @throws IOException at once, if the port is taken or the folder cannot be written
     */
    public static EmbeddedKafka start(Path folder, int port, Map<String, String> properties) throws IOException {
        BoundSockets sockets = BoundSockets.bind(port);
        try {
            EmbeddedKafka kafka = new EmbeddedKafka(sockets, folder, properties);
            kafka.startUp();
            return kafka;
        } catch (IOException | RuntimeException | Error e) {
            sockets.close();
            throw e;
        }
    }

    /** Where clients connect to: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Where clients connect to through one of the further listeners it was given, by its name. */
    public String address(String listener) {
        return "127.0.0.1:" + broker.socketServer().boundPort(ListenerName.normalised(listener));
    }

    /** Where clients connect to, as a number. */
    public int port() {
        return port;
    }

    /** Returns when it has let go of port and folder, some seconds at most; what was acknowledged is on disk. */
    @Override
    public void close() {
        broker.shutdown(CLOSE_TIMEOUT);
        controller.shutdown();
        metrics.close();
    }

    private void startUp() {
        try {
            controller.startup();
            broker.startup();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Writes what a KRaft node needs to find in its folder; a folder that has it is left alone. */
    private static void format(Path folder) throws IOException {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(folder);
        try {
            new Formatter()
                    .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(BoundSockets.CONTROLLER)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot prepare " + folder + " for Kafka", e);
        }
    }
}
