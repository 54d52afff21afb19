package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.feed.Feed;
import io.checkoutmetrics.feed.FeedException;
import io.checkoutmetrics.feed.FeedFormat;
import io.checkoutmetrics.feed.FeedOptions;
import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes records of JSON lines the way {@code replay} does: read by the feed, written in Avro under a registered schema.
 */
final class TimelineHits implements AutoCloseable {
    /** A record of the hits topic. */
    record Received(byte[] value, long receivedMs) {}

    private final Path file;
    private final EmbeddedRegistry registry;
    private final RegistryClient client;
    private final AvroSerializer<Hit> serializer;
    private final WriterSchemas schemas;

    /** @param folder for a file of its own */
    TimelineHits(Path folder) throws IOException {
        file = folder.resolve("hits.jsonl");
        registry = EmbeddedRegistry.start();
        Map<String, String> settings = Map.of("schema.registry.url", registry.url());
        client = RegistryClient.of(settings);
        serializer = new AvroSerializer<>(client);
        serializer.configure(settings, false);
        schemas = new WriterSchemas(client);
    }

    WriterSchemas schemas() {
        return schemas;
    }

    List<Received> of(List<String> lines) {
        try {
            Files.write(file, lines);
            List<Received> hits = new ArrayList<>(lines.size());
            Feed.open(FeedOptions.of(FeedFormat.JSONL, List.of(file.toString())))
                    .read(
                            hit -> hits.add(new Received(serializer.serialize("hits", hit.hit()), hit.receivedMs())),
                            problem -> {
                                throw new IllegalStateException("the feed cannot read " + problem);
                            });
            return hits;
        } catch (IOException | FeedException e) {
            throw new IllegalStateException("the timeline cannot be read", e);
        }
    }

    @Override
    public void close() {
        schemas.close();
        registry.close();
    }
}
