package io.checkoutmetrics.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.avro.CheckoutMetrics;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The board as text for the stream, made once for all who read it: a beat at a time, each report suite that changed is
 * written down anew. A reader that saw a beat gets what changed since; one that saw none, everything. Thread-safe.
 */
final class Frames {
    /** No beat was seen. */
    static final long NONE = 0;

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
    private long changedAt = NONE;

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

    /** The beat that was last. */
    synchronized long lastBeat() {
        return beat;
    }

    /** Whether there is anything new for who saw that beat. */
    synchronized boolean hasNews(long seen) {
        return seen == NONE || changedAt > seen;
    }

    /** An event of the stream: what changed since that beat, or everything. */
    synchronized String event(long seen) {
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
