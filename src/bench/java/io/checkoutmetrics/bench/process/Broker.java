package io.checkoutmetrics.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running broker with its schema registry, in a process of their own; its folder stays when it is closed. */
public final class Broker implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final ChildJvm process;
    private final String bootstrapServers;
    private final String registryUrl;

    private Broker(ChildJvm process, String bootstrapServers, String registryUrl) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    /**
     * @param folder for everything the broker keeps; continued if a broker has been there before
     * @param log of the process
     */
    public static Broker start(Path folder, Path log) throws IOException, InterruptedException {
        ChildJvm process = ChildJvm.start("broker", log, FLAGS, BrokerMain.class, List.of(folder.toString()));
        try {
            String[] addresses =
                    process.awaitLine(BrokerMain.READY, READY_WITHIN).split(" ", -1);
            return new Broker(process, addresses[0], addresses[1]);
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String registryUrl() {
        return registryUrl;
    }

    @Override
    public void close() {
        process.close();
    }
}
