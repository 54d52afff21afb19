package io.checkoutmetrics.feed;

/**
 * What a feed held: {@code records = hits + brokenRecords}.
 *
 * @param records rows or lines read, blank ones and repeated headers not among them
 * @param hits records handed out as hits, excluded ones among them
 * @param brokenRecords records reported as problems with their line
 * @param fileProblems problems of whole files
 */
public record FeedCounts(long records, long hits, long brokenRecords, long fileProblems) {

    /** All problems reported. */
    public long problems() {
        return brokenRecords + fileProblems;
    }
}
