package io.checkoutmetrics.stream;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** How records look on the internal topics: one byte that tells their kind, then the record. */
final class InternalSerdes {
    private static final int ARRIVALS = 1;
    private static final int WATERMARK = 2;
    private static final int COUNTS = 3;

    private InternalSerdes() {}

    static Serde<ToCount> toCount() {
        return Serdes.serdeFrom((topic, value) -> write(value), (topic, bytes) -> readToCount(bytes));
    }

    static Serde<ToRoll> toRoll() {
        return Serdes.serdeFrom((topic, value) -> write(value), (topic, bytes) -> readToRoll(bytes));
    }

    private static byte[] write(ToCount value) {
        BinaryWriter out = new BinaryWriter();
        if (value instanceof ArrivalsBundle bundle) {
            bundle.writeTo(out.tag(ARRIVALS));
        } else if (value instanceof SourceWatermark watermark) {
            watermark.writeTo(out.tag(WATERMARK));
        }
        return out.toBytes();
    }

    private static ToCount readToCount(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        return switch (in.tag()) {
            case ARRIVALS -> ArrivalsBundle.readFrom(in);
            case WATERMARK -> SourceWatermark.readFrom(in);
            default -> throw unknownKind(bytes);
        };
    }

    private static byte[] write(ToRoll value) {
        BinaryWriter out = new BinaryWriter();
        if (value instanceof CountsBundle bundle) {
            bundle.writeTo(out.tag(COUNTS));
        } else if (value instanceof SourceWatermark watermark) {
            watermark.writeTo(out.tag(WATERMARK));
        }
        return out.toBytes();
    }

    private static ToRoll readToRoll(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        return switch (in.tag()) {
            case COUNTS -> CountsBundle.readFrom(in);
            case WATERMARK -> SourceWatermark.readFrom(in);
            default -> throw unknownKind(bytes);
        };
    }

    private static IncompatibleStateException unknownKind(byte[] bytes) {
        return new IncompatibleStateException("a record of unknown kind " + bytes[0]
                + " on an internal topic: was it written by a newer version of the job?");
    }
}
