package io.checkoutmetrics.feed;

/** What the lines of a file are. */
public enum FeedFormat {
    /** Rows of an Adobe Analytics data feed: tab-separated columns, named by a file of their own. */
    DATAFEED,
    /** One JSON object a line, with the field names of the hit's Avro schema and {@code receivedTime}. */
    JSONL
}
