package io.checkoutmetrics.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpHandler;
import io.checkoutmetrics.config.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The page, its API and its live stream, open: it reads the output topics like any subscriber, so the page of every
 * instance shows all report suites. Only the counters are those of one instance.
 */
public final class Page implements AutoCloseable {
    private final BoardReader reader;
    private final LiveStream stream;
    private final Map<String, HttpHandler> routes = new LinkedHashMap<>();

    private Page(Settings settings, Clock clock, Supplier<Map<String, Long>> outcomes) {
        Board board = new Board(settings, clock);
        reader = new BoardReader(settings, board, clock);
        Instant since = clock.instant();
        Frames frames = new Frames(board, () -> surroundings(settings, since, outcomes.get()), clock);
        stream = new LiveStream(frames, LiveStream.MOST_READERS, LiveStream.SLOWEST_WRITE);
        routes.putAll(Assets.routes());
        routes.put("/api/v1/metrics", new MetricsApi(board, settings, reader::reading, clock));
        routes.put("/api/v1/stream", stream);
    }

    /**
     * Starts reading; what cannot be read yet is tried again.
     *
     * @param outcomes the counters of this instance now, by name
     */
    public static Page open(Settings settings, Clock clock, Supplier<Map<String, Long>> outcomes) {
        return new Page(settings, clock, outcomes);
    }

    private ObjectNode surroundings(Settings settings, Instant since, Map<String, Long> outcomes) {
        ObjectNode json = BoardJson.object();
        json.put("application", settings.applicationId());
        json.put("reading", reader.reading().name());
        json.put("outdatedAfterMs", Board.outdatedAfter(settings).toMillis());
        ObjectNode instance = json.putObject("instance");
        instance.put("since", since.toString());
        ObjectNode counters = instance.putObject("outcomes");
        outcomes.forEach(counters::put);
        return json;
    }

    /**
     * A handler for each exact path. They answer GET and HEAD; {@code /api/v1/stream} goes on with its exchange after its
     * handler has returned, and closes it in the end.
     */
    public Map<String, HttpHandler> routes() {
        return Map.copyOf(routes);
    }

    @Override
    public void close() {
        stream.close();
        reader.close();
    }
}
