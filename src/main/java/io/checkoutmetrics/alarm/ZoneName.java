package io.checkoutmetrics.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.ZoneId;

/** The zone that hours were told by, stored beside what was learned of them. */
final class ZoneName {
    private ZoneName() {}

    static void writeTo(ByteBuffer out, ZoneId zone) {
        byte[] name = zone.getId().getBytes(UTF_8);
        out.put((byte) name.length).put(name);
    }

    /** Whether the clocks of the zone that was stored go alike. */
    static boolean isThatOf(ZoneId zone, ByteBuffer in) {
        byte[] name = new byte[in.get()];
        in.get(name);
        try {
            return ZoneId.of(new String(name, UTF_8)).getRules().equals(zone.getRules());
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
