package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered under one key: until when it counts as seen, and, where it is the key of an event ID or a visit, the
 * hits that were counted with it, so that each is known when it is delivered again. Normally that is one hit. All moments
 * are of record time, exclusive, in milliseconds since the epoch.
 */
final class Seen {
    /** More are remembered under keys of their own: one entry must not grow with what somebody keeps repeating. */
    static final int MOST_HITS = 8;

    private static final int LONGEST_HIT_ID = 100;

    private record CountedHit(String hitId, long untilMs) {}

    private final List<CountedHit> hits = new ArrayList<>(1);
    private long untilMs;
    private long elsewhereUntilMs;

    /** Nothing is known yet. */
    Seen() {}

    static Seen until(long untilMs) {
        Seen seen = new Seen();
        seen.untilMs = untilMs;
        return seen;
    }

    boolean isSeen(long recordTimeMs) {
        return recordTimeMs < untilMs;
    }

    void seenUntil(long timeMs) {
        untilMs = timeMs;
    }

    boolean hasCounted(String hitId, long recordTimeMs) {
        return hits.stream().anyMatch(hit -> recordTimeMs < hit.untilMs && hit.hitId.equals(hitId));
    }

    /** Whether more hits may be remembered, each under its own key. */
    boolean isContinuedElsewhere(long recordTimeMs) {
        return recordTimeMs < elsewhereUntilMs;
    }

    /** Returns whether there is room to remember the hit here; else it has to be remembered elsewhere. */
    boolean counted(String hitId, long hitUntilMs) {
        if (hits.size() >= MOST_HITS || hitId.length() > LONGEST_HIT_ID) {
            elsewhereUntilMs = Math.max(elsewhereUntilMs, hitUntilMs);
            return false;
        }
        hits.add(new CountedHit(hitId, hitUntilMs));
        return true;
    }

    /** Forgets hits that count as seen only before that time. */
    void forgetHitsBefore(long timeMs) {
        hits.removeIf(hit -> hit.untilMs <= timeMs);
    }

    private long lastMs() {
        long lastMs = Math.max(untilMs, elsewhereUntilMs);
        for (CountedHit hit : hits) {
            lastMs = Math.max(lastMs, hit.untilMs);
        }
        return lastMs;
    }

    /** Begins with the moment from which on nothing of it is of use: all that a sweep has to look at. */
    byte[] toBytes() {
        long lastMs = lastMs();
        BinaryWriter out = new BinaryWriter().number(lastMs);
        if (lastMs > untilMs || !hits.isEmpty() || elsewhereUntilMs > 0) {
            out.number(lastMs - untilMs).number(elsewhereUntilMs);
            hits.forEach(hit -> out.text(hit.hitId).number(hit.untilMs));
        }
        return out.toBytes();
    }

    static long lastMs(byte[] bytes) {
        return new BinaryReader(bytes).number();
    }

    static Seen fromBytes(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        Seen seen = until(in.number());
        if (in.hasMore()) {
            seen.untilMs -= in.number();
            seen.elsewhereUntilMs = in.number();
        }
        while (in.hasMore()) {
            seen.hits.add(new CountedHit(in.text(), in.number()));
        }
        return seen;
    }
}
