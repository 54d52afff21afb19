package io.checkoutmetrics.feed;

import java.time.ZoneId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When a data feed's hit happened and when it was received. Empty or 0 in a column of seconds means that the feed
 * doesn't say.
 *
 * <ul>
 *   <li>Happened: {@code post_cust_hit_time_gmt}, else {@code cust_hit_time_gmt}, else unknown.
 *   <li>Received: {@code hit_time_gmt}, else {@code date_time} where its zone is given, else when it happened.
 * </ul>
 */
final class HitTimeColumns {
    private static final String CLIENT = "cust_hit_time_gmt";
    private static final String POST_CLIENT = "post_cust_hit_time_gmt";
    private static final String RECEIVED = "hit_time_gmt";
    private static final String DATE_TIME = "date_time";

    private final int client;
    private final int postClient;
    private final int received;
    private final int dateTime;
    private final @Nullable ZoneId zone;

    HitTimeColumns(String file, Columns columns, @Nullable ZoneId zone) throws FeedException {
        this.client = columns.first(CLIENT);
        this.postClient = columns.first(POST_CLIENT);
        this.received = columns.first(RECEIVED);
        this.dateTime = columns.first(DATE_TIME);
        this.zone = zone;
        boolean inSeconds = client >= 0 || postClient >= 0 || received >= 0;
        if (!inSeconds && dateTime < 0) {
            throw new FeedException(file + ": its columns hold no time (hit_time_gmt, cust_hit_time_gmt or date_time)."
                    + " Check --headers, or add one of them to the feed.");
        }
        if (!inSeconds && zone == null) {
            throw new FeedException(file + ": its only time is date_time, which has no time zone."
                    + " Name the report suite's with --zone, for example --zone Europe/Paris.");
        }
    }

    OptionalLong happenedMs(Row row) throws BrokenLine {
        OptionalLong post = seconds(POST_CLIENT, row.field(postClient));
        return post.isPresent() ? post : seconds(CLIENT, row.field(client));
    }

    long receivedMs(Row row, OptionalLong happenedMs) throws BrokenLine {
        OptionalLong seconds = seconds(RECEIVED, row.field(received));
        if (seconds.isPresent()) {
            return Times.asReceived(RECEIVED, seconds.getAsLong());
        }
        String local = row.field(dateTime).strip();
        if (zone != null && !local.isEmpty()) {
            return Times.asReceived(DATE_TIME, Times.ofDateTime(DATE_TIME, local, zone));
        }
        if (happenedMs.isPresent()) {
            return Times.asReceived(CLIENT, happenedMs.getAsLong());
        }
        throw new BrokenLine(local.isEmpty() ? "no time" : "no time but date_time, which needs --zone");
    }

    private static OptionalLong seconds(String column, String text) throws BrokenLine {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.equals("0")
                ? OptionalLong.empty()
                : OptionalLong.of(Times.ofSeconds(column, stripped));
    }
}
