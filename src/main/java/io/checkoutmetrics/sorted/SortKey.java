package io.checkoutmetrics.sorted;

import java.io.ByteArrayOutputStream;

/**
 * Numbers and texts one after the other as bytes, whose order, byte by byte and unsigned, is that of the parts: of numbers
 * by their size, of texts that of {@link String#compareTo}. Example: {@code (7, "a")} comes before {@code (7, "a b")}, and
 * that before {@code (8, "")}.
 */
public final class SortKey {
    private static final int END = 0;
    private static final int ESCAPE = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Appends a number, and returns this. */
    public SortKey add(long number) {
        long unsigned = number ^ Long.MIN_VALUE;
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes.write((int) (unsigned >>> shift));
        }
        return this;
    }

    /** Appends a text, and returns this. */
    public SortKey add(String text) {
        for (int i = 0; i < text.length(); i++) {
            int unit = text.charAt(i);
            if (unit <= ESCAPE) { // else it could not be told from the end, nor from an escape
                addUnit(ESCAPE);
                unit++;
            }
            addUnit(unit);
        }
        addUnit(END);
        return this;
    }

    private void addUnit(int unit) {
        bytes.write(unit >>> Byte.SIZE);
        bytes.write(unit);
    }

    /** All that was appended. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
