package io.checkoutmetrics.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.avro.CheckoutMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The board as events of the stream, made once for all who read it: a beat at a time, each report suite that changed is
 * written down anew. A reader that saw a beat gets what changed since; one that saw none, everything; readers that saw the
 * same get the very same bytes, so that a reader more takes no memory. Thread-safe.
 */
final class Frames {
    /** No beat was seen. */
    static final long NONE = 0;

    private static final long FIRST = 1;

    /**
     * An event of the stream.
     *
     * @param beat what has been seen by who has read it: with no later change, the next event is the same for all
     * @param bytes in UTF-8, not to be changed: others read them as well
     */
    record Event(long beat, byte[] bytes) {}

    /** @param text without the past */
    private record Frame(String text, long beat, String history, long historyBeat) {
        String since(long seen) {
            return historyBeat > seen ? text.substring(0, text.length() - 1) + ",\"history\":" + history + "}" : text;
        }
    }

    private final Board board;
    private final BoardJson json;
    private final Supplier<ObjectNode> surroundings;
    private final Clock clock;
    private final Map<String, Frame> frames = new TreeMap<>();
    private long beat = NONE;
    private long forgottenAt = NONE;
    private long changedAt = FIRST;
    private final Map<Long, Event> eventsOfBeat = new HashMap<>();

    /** @param surroundings what to tell with every event, beside the time and the report suites */
    Frames(Board board, Supplier<ObjectNode> surroundings, Clock clock) {
        this.board = board;
        this.json = new BoardJson(board.scale());
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** Writes down what changed since the last beat. */
    synchronized void beat() {
        beat++;
        eventsOfBeat.clear();
        board.look(suites -> {
            if (frames.keySet()
                    .removeIf(name ->
                            !suites.containsKey(name) || suites.get(name).total() == null)) {
                forgottenAt = beat;
                changedAt = beat;
            }
            suites.forEach((name, suite) -> {
                CheckoutMetrics total = suite.total();
                if (total != null && suite.takeChanged()) {
                    frames.put(name, frame(name, total, suite));
                    changedAt = beat;
                }
            });
            return beat;
        });
    }

    private Frame frame(String name, CheckoutMetrics total, SuiteBoard suite) {
        String text = json.suite(name, total, suite).toString();
        Frame before = frames.get(name);
        boolean isHistoryNew = suite.takeHistoryChanged();
        return before == null || isHistoryNew
                ? new Frame(
                        text,
                        beat,
                        json.history(suite.history(), board.closedToMs()).toString(),
                        beat)
                : new Frame(text, beat, before.history, before.historyBeat);
    }

    /** Whether there is anything new for who saw that beat. */
    synchronized boolean hasNews(long seen) {
        return seen == NONE || changedAt > seen;
    }

    /** What changed since that beat, or everything. */
    synchronized Event event(long seen) {
        return eventsOfBeat.computeIfAbsent(
                seen, since -> new Event(changedAt, text(since).getBytes(StandardCharsets.UTF_8)));
    }

    private String text(long seen) {
        boolean isWhole = seen == NONE || forgottenAt > seen;
        ObjectNode head = surroundings.get();
        head.put("now", Instant.now(clock).toString());
        head.put("leftOut", board.leftOut());
        StringBuilder event = new StringBuilder()
                .append("event: ")
                .append(isWhole ? "snapshot" : "update")
                .append('\n')
                .append("data: ");
        String text = head.toString();
        event.append(text, 0, text.length() - 1).append(",\"suites\":[");
        Iterator<Frame> changed = frames.values().stream()
                .filter(frame -> isWhole || frame.beat > seen)
                .iterator();
        while (changed.hasNext()) {
            event.append(changed.next().since(isWhole ? NONE : seen)).append(changed.hasNext() ? "," : "");
        }
        return event.append("]}\n\n").toString();
    }
}
