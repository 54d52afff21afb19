package io.checkoutmetrics.hit;

/**
 * Ends the reading of a hit whose bytes are wrong. Every kind is made once and has no stack trace: a topic full of
 * garbage must not be slower to read than one of hits.
 */
@SuppressWarnings("StaticAssignmentOfThrowable")
final class BadHit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final BadHit TRUNCATED = new BadHit(Reason.TRUNCATED, "the bytes end before the record does");
    static final BadHit NEGATIVE_LENGTH = new BadHit(Reason.MALFORMED, "negative length");
    static final BadHit HUGE_LENGTH = new BadHit(Reason.MALFORMED, "length beyond what any record can hold");
    static final BadHit VARINT_OVERFLOW = new BadHit(Reason.MALFORMED, "varint overflow");
    static final BadHit BAD_INDEX = new BadHit(Reason.MALFORMED, "union or enum index out of range");
    static final BadHit BAD_BOOLEAN = new BadHit(Reason.MALFORMED, "boolean is neither 0 nor 1");
    static final BadHit EMPTY_ITEMS = new BadHit(Reason.MALFORMED, "block of too many items without content");
    static final BadHit BLOCK_SIZE = new BadHit(Reason.MALFORMED, "block is not as long as it says");
    static final BadHit NOT_UTF8 = new BadHit(Reason.MALFORMED, "text is not UTF-8");
    static final BadHit TRAILING_BYTES = new BadHit(Reason.TRAILING_BYTES, "bytes are left over after the record");
    static final BadHit OVERSIZED_EVENTS = new BadHit(Reason.OVERSIZED_EVENTS, "events string is too long");
    static final BadHit NO_SUITE = new BadHit(Reason.UNKNOWN_REPORT_SUITE, "report suite is empty");
    static final BadHit LONG_SUITE = new BadHit(Reason.UNKNOWN_REPORT_SUITE, "report suite is over 255 bytes");
    static final BadHit FOREIGN_SUITE =
            new BadHit(Reason.UNKNOWN_REPORT_SUITE, "report suite is not on the allow-list");

    private final Reason reason;
    private final String detail;

    private BadHit(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** @param position where reading stopped, in bytes from the record's first */
    Reading.Unreadable at(int position) {
        return new Reading.Unreadable(reason, detail + " (at byte " + position + " of the record)");
    }
}
