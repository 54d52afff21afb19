package io.checkoutmetrics.bench.workload;

/**
 * One made-up hit, ready to be sent.
 *
 * @param suite number of its report suite
 * @param receivedMs its record's timestamp
 * @param eventMs when it happened by the client's clock
 * @param increment its checkout's value, 0 when it is no checkout
 * @param isDuplicate whether its event ID was used before, so that it must not count
 */
public record MadeHit(
        int suite,
        int partition,
        byte[] key,
        byte[] value,
        long receivedMs,
        long eventMs,
        int increment,
        boolean isDuplicate) {
    public boolean isCheckout() {
        return increment > 0;
    }
}
