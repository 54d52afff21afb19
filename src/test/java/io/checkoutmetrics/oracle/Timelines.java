package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up hits as JSON lines, the same for the same seed, in the order received: every kind of events string, hits that
 * come twice, late, from the future or from long ago, bursts and silence. Made for the default rules: boundaries such
 * as the grace are hit exactly, from both sides. From the command line, with the class path of {@link Oracle}, a seed
 * and a number of hits:
 *
 * <pre>{@code
 * java -cp ... io.checkoutmetrics.oracle.Timelines 42 5000 > hits.jsonl
 * }</pre>
 */
public final class Timelines {
    private static final Instant FIRST = Instant.parse("2026-01-05T09:59:58.500Z");
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration MAX_FUTURE = Duration.ofMinutes(5);
    private static final String[] SUITES = {"eu-shop", "us-shop", "jp-shop", "eu-shop-\u00e9t\u00e9"};
    private static final String[] COUNTRIES = {"fr", "de", "FR", "jp", "us"};
    private static final String[] CURRENCIES = {"EUR", "USD", "EUR", "eur", "", "(none)"};
    private static final String[] CAMPAIGNS = {"winter-sale", "a \"quoted\", one", "\u6625", "a\tb", "(none)"};

    private final Random random;
    private final TimelineEvents events;
    /** Of its own, so that what is in the carts does not change anything else. */
    private final Random carts;

    private final TimelineProducts products;
    private final List<ObjectNode> lines = new ArrayList<>();
    private Instant now = FIRST;
    private int ids;

    private Timelines(long seed) {
        random = new Random(seed);
        events = new TimelineEvents(random);
        carts = new Random(~seed);
        products = new TimelineProducts(carts);
    }

    /** Makes at least so many hits. */
    public static List<String> hits(long seed, int hits) {
        Timelines timeline = new Timelines(seed);
        while (timeline.lines.size() < hits) {
            timeline.next();
        }
        return timeline.lines.stream().map(ObjectNode::toString).toList();
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        hits(Long.parseLong(args[0]), Integer.parseInt(args[1])).forEach(out::println);
        out.flush();
    }

    private void next() {
        int kind = random.nextInt(100);
        if (kind < 2) {
            silence();
        } else if (kind < 4) {
            burst();
        } else if (kind < 6) {
            simultaneousTwins();
        } else if (kind < 12) {
            deliverAgain();
        } else if (kind < 20) {
            sameEventAgain();
        } else {
            step();
            add(hit());
        }
    }

    private void step() {
        now = now.plusMillis(1 + (long) (random.nextDouble() * random.nextDouble() * 6_000));
    }

    /**
     * From longer than the grace down to a little over one interval; sometimes onto the first instant of an interval.
     */
    private void silence() {
        now = now.plusSeconds(70 + random.nextInt(20 * 60));
        if (random.nextBoolean()) {
            long minute = Duration.ofMinutes(1).toMillis();
            now = Instant.ofEpochMilli(now.toEpochMilli() / minute * minute + minute);
        }
    }

    /** Many hits in one millisecond, each its own. */
    private void burst() {
        step();
        int size = 5 + random.nextInt(40);
        for (int i = 0; i < size; i++) {
            ObjectNode hit = hit();
            if (!hit.has("hitId")) {
                hit.put("hitId", newId("h"));
            }
            add(hit);
        }
    }

    /**
     * Two hits with one event ID in one millisecond, in different countries: the lower hit ID counts, and comes second.
     */
    private void simultaneousTwins() {
        step();
        String event = "scCheckout:" + newId("T");
        String id = newId("twin");
        String suite = pick(SUITES);
        for (String country : new String[] {"fr", "de"}) {
            ObjectNode twin =
                    hit().put("reportSuite", suite).put("events", event).put("country", country);
            twin.put("hitId", id + (country.equals("fr") ? "b" : "a"));
            twin.remove("excluded");
            twin.remove("time");
            add(twin);
        }
    }

    /**
     * A hit that came before comes again, soon or after it may count once more: to the byte, but for the time received.
     */
    private void deliverAgain() {
        if (lines.isEmpty()) {
            return;
        }
        step();
        int back = Math.min(lines.size(), new int[] {30, 300, lines.size()}[random.nextInt(3)]);
        ObjectNode again = lines.get(lines.size() - 1 - random.nextInt(back)).deepCopy();
        if (again.has("hitId")) {
            add(again);
        }
    }

    /** The event of an earlier hit is sent by a hit of its own, perhaps together with others. */
    private void sameEventAgain() {
        if (lines.isEmpty()) {
            return;
        }
        step();
        ObjectNode earlier = lines.get(lines.size() - 1 - random.nextInt(lines.size()));
        ObjectNode hit = hit().put("reportSuite", earlier.path("reportSuite").asText());
        String event = earlier.path("events").asText();
        add(hit.put("events", random.nextInt(3) > 0 ? event : event + "," + events.next()));
    }

    private ObjectNode hit() {
        ObjectNode hit = JsonNodeFactory.instance.objectNode();
        hit.put("reportSuite", pick(SUITES)).put("events", events.next());
        if (random.nextInt(20) > 0) {
            hit.put("hitId", newId("h"));
        }
        if (random.nextInt(10) > 0) {
            hit.put("visitorId", "v" + random.nextInt(200)).put("visitId", "v" + random.nextInt(200) + "-1");
        }
        optional(hit, "country", COUNTRIES);
        optional(hit, "campaign", CAMPAIGNS);
        if (random.nextInt(4) == 0) {
            hit.putObject("dimensions").put("eVar5", "x" + random.nextInt(3));
        }
        if (random.nextInt(25) == 0) {
            hit.put("excluded", pick("exclude_hit", "customer_perspective", "hit_source"));
        }
        if (carts.nextInt(8) > 0) {
            hit.put("products", carts.nextInt(20) > 0 ? products.next() : null);
        }
        if (carts.nextInt(10) > 0) {
            hit.put("currency", CURRENCIES[carts.nextInt(CURRENCIES.length)]);
        }
        clientTime(hit);
        return hit;
    }

    /** Absent, null, empty, or one of the items. */
    private void optional(ObjectNode hit, String dimension, String[] items) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            hit.put(dimension, "");
        } else if (kind == 1) {
            hit.putNull(dimension);
        } else if (kind > 2) {
            hit.put(dimension, pick(items));
        }
    }

    private void clientTime(ObjectNode hit) {
        Instant time = switch (random.nextInt(60)) {
            case 0 -> now.minus(GRACE);
            case 1 -> now.minus(GRACE).minusMillis(1);
            case 2 -> now.minus(GRACE).minusSeconds(random.nextInt(100_000));
            case 3 -> now.plus(MAX_FUTURE);
            case 4 -> now.plus(MAX_FUTURE).plusMillis(1);
            case 5 -> now.plus(Duration.ofDays(3652));
            case 6 -> Instant.parse("1999-12-31T23:59:59.999Z");
            case 7 -> Instant.ofEpochMilli(-random.nextInt(2));
            case 8 -> now.plusMillis(random.nextInt(10_000));
            case 9 -> Instant.parse("2000-01-01T00:00:00Z");
            default -> now.minusMillis((long) (Math.pow(random.nextDouble(), 6) * GRACE.toMillis()));
        };
        if (random.nextInt(10) > 0) {
            hit.put("time", time.toString());
        }
    }

    private void add(ObjectNode hit) {
        lines.add(hit.put("receivedTime", now.toString()));
    }

    private String newId(String prefix) {
        ids++;
        return prefix + ids;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
