package io.checkoutmetrics.feed;

import io.checkoutmetrics.avro.Hit;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a data feed as hits. A row must have exactly as many fields as there are columns: with one more or less,
 * nothing says which fields are which. Columns that the feed doesn't have leave their part of the hit empty.
 */
final class DataFeedParser implements LineParser {
    private final Columns columns;
    private final EventListColumn eventList;
    private final HitTimeColumns times;
    private final IdentityColumns identity;
    private final ExclusionColumns exclusions;
    private final DimensionColumns dimensions;
    private final @Nullable String reportSuite;
    private final int username;
    private final int events;
    private final int pageName;
    private final int campaign;
    private final int country;
    private final int currency;
    private final int products;
    private final int device;
    private final Row row = new Row();

    /** @param file the name to give in messages */
    DataFeedParser(String file, Columns columns, EventNames names, @Nullable String reportSuite, @Nullable ZoneId zone)
            throws FeedException {
        this.columns = columns;
        this.eventList = new EventListColumn(names);
        this.times = new HitTimeColumns(file, columns, zone);
        this.identity = new IdentityColumns(columns);
        this.exclusions = new ExclusionColumns(columns);
        this.dimensions = new DimensionColumns(columns);
        this.reportSuite = reportSuite;
        this.username = columns.first("username");
        this.events = columns.post("event_list");
        this.pageName = columns.post("pagename");
        this.campaign = columns.post("campaign");
        this.country = columns.first("geo_country");
        this.currency = columns.post("currency");
        this.products = columns.post("product_list");
        this.device = columns.first("mobile_id");
        if (events == Columns.ABSENT) {
            throw new FeedException(file + ": its columns hold neither post_event_list nor event_list, so no checkout"
                    + " could be found. Check --headers, or add post_event_list to the feed.");
        }
        if (username == Columns.ABSENT && reportSuite == null) {
            throw new FeedException(
                    file + ": it has no column username. Name the report suite with --report-suite NAME.");
        }
    }

    @Override
    public boolean hasBackslashEscapes() {
        return true;
    }

    @Override
    public @Nullable ReceivedHit parse(byte[] line, int length) throws BrokenLine {
        row.split(line, length);
        if (row.columns() != columns.size()) {
            throw new BrokenLine("row has " + row.columns() + " columns, its headers name " + columns.size());
        }
        if (columns.areNamedBy(row)) {
            return null;
        }
        OptionalLong happenedMs = times.happenedMs(row);
        long receivedMs = times.receivedMs(row, happenedMs);
        Hit hit = new Hit();
        hit.setReportSuite(reportSuite());
        hit.setEvents(eventList.toEvents(row.field(events)));
        hit.setTime(happenedMs.isPresent() ? Instant.ofEpochMilli(happenedMs.getAsLong()) : null);
        String visitorId = identity.visitorId(row);
        hit.setHitId(identity.hitId(row));
        hit.setVisitorId(visitorId);
        hit.setVisitId(identity.visitId(row, visitorId));
        hit.setExcluded(exclusions.reason(row));
        hit.setPageName(field(pageName));
        hit.setCampaign(field(campaign));
        hit.setCountry(field(country));
        hit.setCurrency(field(currency));
        hit.setProducts(field(products));
        hit.setDeviceType(field(device));
        hit.setDimensions(dimensions.of(row));
        return new ReceivedHit(hit, receivedMs);
    }

    private String reportSuite() throws BrokenLine {
        String suite = row.field(username).strip().toLowerCase(Locale.ROOT);
        if (!suite.isEmpty()) {
            return suite;
        }
        if (reportSuite == null) {
            throw new BrokenLine("username is empty and no --report-suite is given");
        }
        return reportSuite;
    }

    private @Nullable String field(int column) {
        String text = row.field(column);
        return text.isEmpty() ? null : text;
    }
}
