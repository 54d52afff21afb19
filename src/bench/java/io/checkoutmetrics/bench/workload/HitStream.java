package io.checkoutmetrics.bench.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes up hits: visitors come and go on several sites, and some hits are checkouts, of which one in two hundred may
 * repeat an event ID used between one and sixty seconds before. Hits are received in the order they are made. Composed
 * of fields encoded in advance, for the sake of speed. Not thread-safe.
 */
public final class HitStream {
    /** Part of the topic's name: to be raised when other hits are made. */
    static final int VERSION = 2;

    private static final int VISITS_AT_ONCE = 4_000;
    private static final int HITS_PER_VISIT = 12;
    private static final int DUPLICATES_ONE_IN = 200;
    private static final int DOUBLE_ONE_IN = 100;
    private static final int MOST_CLIENT_DELAY_MS = 1_500;
    private static final long OLDEST_REPEATED_MS = 60_000;
    private static final long NEWEST_REPEATED_MS = 1_000;
    private static final int REMEMBERED = 1 << 13;
    private static final byte[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz01".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 16;
    private static final int HIT_ID_BYTES = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final SplittableRandom random;
    private final Traffic traffic;
    private final Site site;
    private final Visit[] visits = new Visit[VISITS_AT_ONCE];
    private final Page[] pages = Page.all();
    private final byte[][] otherEvents = new byte[Site.OTHER_EVENTS.length][];
    private final byte[] noProducts = new WideHit.Fields().none().toBytes();
    private final byte[][] products = new byte[50][];
    private final byte[] buffer = new byte[2_048];
    private int length;

    private final EventId[] recent = new EventId[REMEMBERED];
    private long idsMade;

    private record EventId(int suite, byte[] id, long receivedMs) {}

    public HitStream(long seed, Traffic traffic) {
        random = new SplittableRandom(seed);
        this.traffic = traffic;
        this.site = new Site(traffic);
        for (int i = 0; i < visits.length; i++) {
            visits[i] = new Visit(random, site);
        }
        for (int i = 0; i < otherEvents.length; i++) {
            otherEvents[i] = new WideHit.Fields().text(Site.OTHER_EVENTS[i]).toBytes();
        }
        for (int i = 0; i < products.length; i++) {
            products[i] = new WideHit.Fields()
                    .optional("shoes;product-%04d;1;%d.95".formatted(i, 20 + i))
                    .toBytes();
        }
    }

    /** Names of the report suites, by their numbers. */
    public static String suite(int number) {
        return Site.suite(number);
    }

    /** The next hit. */
    public MadeHit next(long receivedMs) {
        return next(receivedMs, random.nextDouble() < traffic.checkouts());
    }

    /** The next hit, a checkout or not. */
    public MadeHit next(long receivedMs, boolean isCheckout) {
        int slot = random.nextInt(visits.length);
        if (random.nextInt(HITS_PER_VISIT) == 0) {
            visits[slot] = new Visit(random, site);
        }
        Visit visit = visits[slot];
        Page page = pages[random.nextInt(pages.length)];
        long eventMs = receivedMs - random.nextInt(MOST_CLIENT_DELAY_MS);
        int increment = 0;
        boolean isDuplicate = false;

        length = 0;
        appendFrame();
        append(visit.reportSuite);
        if (isCheckout) {
            increment = random.nextInt(DOUBLE_ONE_IN) == 0 ? 2 : 1;
            EventId repeated = repeated(visit.suite, receivedMs);
            isDuplicate = repeated != null;
            appendCheckout(increment, repeated != null ? repeated.id : newId(visit.suite, receivedMs));
        } else {
            append(otherEvents[random.nextInt(otherEvents.length)]);
        }
        buffer[length++] = 2; // of the union's types the second
        appendLong(eventMs);
        appendHitId();
        append(visit.visitorAndVisit);
        append(page.name());
        append(visit.marketing);
        append(random.nextInt(4) == 0 ? products[random.nextInt(products.length)] : noProducts);
        append(visit.deviceAndDimensions);
        append(page.url());
        append(visit.referrer);
        append(visit.environment);
        byte[] value = Arrays.copyOf(buffer, length);
        return new MadeHit(visit.suite, visit.partition, visit.key, value, receivedMs, eventMs, increment, isDuplicate);
    }

    /** An event ID of the suite that was used a while ago; mostly null. */
    private @org.jspecify.annotations.Nullable EventId repeated(int suite, long receivedMs) {
        if (!traffic.duplicates() || random.nextInt(DUPLICATES_ONE_IN) != 0) {
            return null;
        }
        long oldest = Math.max(0, idsMade - REMEMBERED);
        for (long i = idsMade - 1; i >= oldest; i--) {
            EventId one = recent[(int) (i % REMEMBERED)];
            long agoMs = receivedMs - one.receivedMs;
            if (agoMs > OLDEST_REPEATED_MS) {
                return null;
            }
            if (one.suite == suite && agoMs >= NEWEST_REPEATED_MS) {
                return one;
            }
        }
        return null;
    }

    private byte[] newId(int suite, long receivedMs) {
        byte[] id = new byte[ID_BYTES];
        long bits = random.nextLong();
        long number = idsMade; // distinct for certain: the last eight characters count
        for (int i = 0; i < 8; i++) {
            id[i] = ALPHABET[(int) (bits >>> (6 * i)) & 63];
            id[8 + i] = HEX[(int) (number >>> (4 * i)) & 15];
        }
        recent[(int) (idsMade++ % REMEMBERED)] = new EventId(suite, id, receivedMs);
        return id;
    }

    private static final byte[] PLAIN = "event1,scCheckout:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOUBLE = "event1,scCheckout=2:".getBytes(StandardCharsets.US_ASCII);

    private void appendCheckout(int increment, byte[] id) {
        byte[] event = increment == 1 ? PLAIN : DOUBLE;
        appendLong(event.length + id.length);
        append(event);
        append(id);
    }

    private void appendHitId() {
        buffer[length++] = 2;
        appendLong(HIT_ID_BYTES);
        long high = random.nextLong();
        long low = random.nextLong();
        for (int shift = 60; shift >= 0; shift -= 4) {
            buffer[length++] = HEX[(int) (high >>> shift) & 15];
        }
        for (int shift = 60; shift >= 0; shift -= 4) {
            buffer[length++] = HEX[(int) (low >>> shift) & 15];
        }
    }

    private void appendFrame() {
        buffer[length++] = 0;
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (WideHit.SCHEMA_ID >>> shift);
        }
    }

    private void appendLong(long value) {
        length += org.apache.avro.io.BinaryData.encodeLong(value, buffer, length);
    }

    private void append(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }
}
