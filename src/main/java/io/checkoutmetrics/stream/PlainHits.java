package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.HitReader;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.hit.Reading;
import io.checkoutmetrics.hit.UnusableSchemaException;
import io.checkoutmetrics.registry.WireFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Values of the hits topic as a consumer hands them out: those of hits that surely are no checkouts are not copied out of
 * the batch they came in; in their place stands an array of their report suite's, that has its number in it. Whatever is not
 * sure, as long as a schema was not met by anybody else, is copied as it is. Not thread-safe: each consumer has its own.
 */
final class PlainHits implements Deserializer<byte[]> {
    /** No report suite's number. */
    static final int NONE = -1;

    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int MOST_SCHEMAS = 1_000;
    private static final int MOST_SUITES = 4_096;

    private final String topic;
    private final WriterSchemas schemas;
    private final HitRules rules;
    private final Map<Integer, HitReader> readers = new HashMap<>();
    private final Set<Integer> unusable = new HashSet<>();
    private final Map<Reading, byte[]> standIns = new IdentityHashMap<>();
    /** By identity. */
    private final Map<byte[], CheckoutHit> checkouts = new IdentityHashMap<>();

    private final List<byte[]> standInByNumber = new ArrayList<>();
    private final List<String> suites = new ArrayList<>();
    private int lastSchema;
    private @Nullable HitReader lastReader;

    PlainHits(String topic, WriterSchemas schemas, HitRules rules) {
        this.topic = topic;
        this.schemas = schemas;
        this.rules = rules;
    }

    @Override
    public byte @Nullable [] deserialize(String from, byte @Nullable [] data) {
        return data;
    }

    @Override
    public byte @Nullable [] deserialize(String from, Headers headers, @Nullable ByteBuffer data) {
        if (data == null || !from.equals(topic)) {
            return Utils.toNullableArray(data);
        }
        Reading reading = reading(data);
        byte[] standIn = standIn(reading);
        byte[] value = standIn == null ? Utils.toArray(data) : standIn;
        if (reading instanceof CheckoutHit checkout) {
            checkouts.put(value, checkout);
        }
        return value;
    }

    /** The same for a value of the hits topic that was copied out of its batch already. */
    byte @Nullable [] inPlaceOf(byte @Nullable [] copy) {
        if (copy == null) {
            return null;
        }
        Reading reading = reading(ByteBuffer.wrap(copy));
        if (reading instanceof CheckoutHit checkout) {
            checkouts.put(copy, checkout);
        }
        byte[] standIn = standIn(reading);
        return standIn == null ? copy : standIn;
    }

    private byte @Nullable [] standIn(@Nullable Reading reading) {
        return reading instanceof Reading.NoCheckout plain && !plain.nearMiss() ? standInOf(plain) : null;
    }

    /** The checkout that the value surely is; null for any other. Asked for once at most. */
    @Nullable
    CheckoutHit checkoutOf(byte @Nullable [] value) {
        return checkouts.remove(value);
    }

    /** Forgets which values were checkouts: all have been asked for that ever will be. */
    void forgetCheckouts() {
        checkouts.clear();
    }

    /**
     * Number, from 0, of the report suite of the hit, that surely is no checkout, in whose place the value stands; -1 for
     * any other.
     */
    int suiteOf(byte @Nullable [] value) {
        if (value == null || value.length != Integer.BYTES) {
            return NONE;
        }
        int number = (int) NUMBER.get(value, 0);
        boolean isOurs = number >= 0 && number < standInByNumber.size() && standInByNumber.get(number) == value;
        return isOurs ? number : NONE;
    }

    /** The report suite of that number. */
    String suite(int number) {
        return suites.get(number);
    }

    private @Nullable Reading reading(ByteBuffer data) {
        if (!data.hasArray() || data.remaining() < WireFormat.HEADER_BYTES || data.get(data.position()) != 0) {
            return null;
        }
        HitReader reader = readerOf(data.getInt(data.position() + 1));
        if (reader == null) {
            return null;
        }
        int begin = data.arrayOffset() + data.position();
        return reader.read(data.array(), begin + WireFormat.HEADER_BYTES, begin + data.remaining());
    }

    private byte @Nullable [] standInOf(Reading.NoCheckout plain) {
        byte[] standIn = standIns.get(plain);
        if (standIn == null && standIns.size() < MOST_SUITES) {
            standIn = new byte[Integer.BYTES];
            NUMBER.set(standIn, 0, suites.size());
            standIns.put(plain, standIn);
            standInByNumber.add(standIn);
            suites.add(plain.reportSuite());
        }
        return standIn;
    }

    private @Nullable HitReader readerOf(int schemaId) {
        if (lastReader == null || lastSchema != schemaId) {
            lastReader = readers.get(schemaId);
            if (lastReader == null && !unusable.contains(schemaId) && readers.size() + unusable.size() < MOST_SCHEMAS) {
                lastReader = load(schemaId);
            }
            lastSchema = schemaId;
        }
        return lastReader;
    }

    /** Never asks the registry: that may take long, and belongs where a hit can wait for it. */
    private @Nullable HitReader load(int schemaId) {
        String known = schemas.known(schemaId);
        if (known == null) {
            return null;
        }
        try {
            HitReader reader = HitReader.of(HitReader.parseSchema(known), rules);
            readers.put(schemaId, reader);
            return reader;
        } catch (UnusableSchemaException e) {
            unusable.add(schemaId); // to find that out again for every hit would take longer than the hit
            return null;
        }
    }
}
