package io.checkoutmetrics.feed;

import org.jspecify.annotations.Nullable;

/**
 * Who a data feed's hit is from, and which one it is. All of it is text, never parsed: 64-bit numbers that went through
 * a spreadsheet ({@code 6.91753E+18}) stay what they are. An identifier of two halves is absent where one is empty or
 * both are 0.
 */
final class IdentityColumns {
    private final int hitHigh;
    private final int hitLow;
    private final int postVisitorHigh;
    private final int postVisitorLow;
    private final int visitorHigh;
    private final int visitorLow;
    private final int visitNumber;
    private final int visitStart;

    IdentityColumns(Columns columns) {
        hitHigh = columns.first("hitid_high");
        hitLow = columns.first("hitid_low");
        postVisitorHigh = columns.first("post_visid_high");
        postVisitorLow = columns.first("post_visid_low");
        visitorHigh = columns.first("visid_high");
        visitorLow = columns.first("visid_low");
        visitNumber = columns.first("visit_num");
        visitStart = columns.first("visit_start_time_gmt");
    }

    /**
     * {@code high-low}. Absent also where a spreadsheet has rounded a half: different hits would share it, and be
     * dropped as duplicates of one another.
     */
    @Nullable
    String hitId(Row row) {
        String id = pair(row.field(hitHigh), '-', row.field(hitLow));
        return id == null || id.indexOf('E') >= 0 || id.indexOf('e') >= 0 ? null : id;
    }

    /** {@code high:low}, of the columns after processing if they hold one. */
    @Nullable
    String visitorId(Row row) {
        String post = pair(row.field(postVisitorHigh), ':', row.field(postVisitorLow));
        return post != null ? post : pair(row.field(visitorHigh), ':', row.field(visitorLow));
    }

    /** {@code visitor:number:start}, as Adobe advises for counting visits; absent where a part is. */
    @Nullable
    String visitId(Row row, @Nullable String visitorId) {
        String number = row.field(visitNumber).strip();
        String start = row.field(visitStart).strip();
        return visitorId == null || number.isEmpty() || start.isEmpty() ? null : visitorId + ":" + number + ":" + start;
    }

    private static @Nullable String pair(String high, char separator, String low) {
        String first = high.strip();
        String second = low.strip();
        boolean absent = first.isEmpty() || second.isEmpty() || (first.equals("0") && second.equals("0"));
        return absent ? null : first + separator + second;
    }
}
