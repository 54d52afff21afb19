package io.checkoutmetrics.bench.process;

import io.checkoutmetrics.bench.workload.WideHit;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A broker and a schema registry in a process of their own, on free ports of 127.0.0.1. The argument is the broker's
 * folder. Prints a line with both addresses when they are ready.
 */
final class BrokerMain {
    static final String READY = "READY ";

    private static final Map<String, String> PROPERTIES = Map.of(
            "log.segment.delete.delay.ms", "1000", // what one run leaves behind is not to burden the next
            "log.retention.check.interval.ms", "60000");

    private BrokerMain() {}

    public static void main(String[] args) {
        ChildJvm.endWithParent();
        try {
            run(Path.of(args[0]));
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path folder) throws IOException, InterruptedException {
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        registerHits(registry.url());
        EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0, PROPERTIES);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "close"));
        System.out.println(READY + kafka.bootstrapServers() + " " + registry.url());
        new CountDownLatch(1).await();
    }

    /** The hits in the topic carry the schema's ID: a registry that begins anew has to give it the same. */
    private static void registerHits(String url) {
        try (RegistryClient client = RegistryClient.of(Map.of("schema.registry.url", url))) {
            int id = client.register(WideHit.SUBJECT, WideHit.SCHEMA.toString());
            if (id != WideHit.SCHEMA_ID) {
                throw new IllegalStateException("the schema of the hits got the ID " + id);
            }
        }
    }
}
