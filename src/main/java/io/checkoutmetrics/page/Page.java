package io.checkoutmetrics.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.http.HttpListener;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The page, its API and its live stream, open: it reads the output topics like any subscriber, so the page of every
 * instance shows all report suites. Only the counters are those of one instance.
 */
public final class Page implements AutoCloseable {
    private final BoardReader reader;
    private final LiveStream stream;
    private final MetricsApi api;

    private Page(Settings settings, Clock clock, Supplier<Map<String, Long>> outcomes) {
        Board board = new Board(settings, clock);
        reader = new BoardReader(settings, board, clock);
        Instant since = clock.instant();
        Frames frames = new Frames(board, () -> surroundings(settings, since, outcomes.get()), clock);
        stream = new LiveStream(frames);
        api = new MetricsApi(board, settings, reader::reading, clock);
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

    /** Serves it there; to be called once. */
    public void serveOn(HttpListener listener) {
        Assets.answers().forEach((path, answer) -> listener.route(path, request -> answer));
        listener.route("/api/v1/metrics", api);
        listener.stream("/api/v1/stream", LiveStream.CONTENT_TYPE, stream);
    }

    @Override
    public void close() {
        stream.close();
        reader.close();
    }
}
