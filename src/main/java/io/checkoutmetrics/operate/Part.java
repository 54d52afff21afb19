package io.checkoutmetrics.operate;

/**
 * One thing that has to be well for the whole to be well.
 *
 * @param part its name
 * @param ok whether it is well
 * @param detail why it is not, or what else there is to say; names neither hosts nor exceptions
 */
public record Part(String part, boolean ok, String detail) {
    static Part well(String part, String detail) {
        return new Part(part, true, detail);
    }

    static Part ill(String part, String detail) {
        return new Part(part, false, detail);
    }
}
