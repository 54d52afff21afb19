package io.checkoutmetrics.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One KRaft node, broker and controller, by a file of properties; {@code cluster.id} is one of them. */
final class NodeMain {
    static final String READY = "node is ready";

    private NodeMain() {}

    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        try {
            format(properties);
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
            server.startup();
            System.out.println(READY);
            server.awaitShutdown();
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void format(Properties properties) throws Exception {
        String folder = properties.getProperty("log.dirs");
        if (Files.exists(Path.of(folder, "meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(Path.of(folder));
        } catch (IOException e) {
            throw new IOException("cannot prepare " + folder, e);
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(properties.getProperty("cluster.id"))
                .addDirectory(folder)
                .setMetadataLogDirectory(folder)
                .setControllerListenerName("CONTROLLER")
                .run();
    }
}
