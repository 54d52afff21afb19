package io.checkoutmetrics.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A broker in a JVM of its own, which a test can kill, freeze and start again: arguments are the folder, the port (0: a
 * free one) and broker properties as {@code key=value}. Prints {@code 127.0.0.1:port} as the only line on standard
 * output when it is ready. SIGTERM ends it cleanly.
 */
public final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> properties = new HashMap<>();
        for (int i = 2; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            properties.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]), properties);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "close"));
        System.out.println(kafka.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
