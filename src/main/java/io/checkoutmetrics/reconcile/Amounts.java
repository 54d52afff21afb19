package io.checkoutmetrics.reconcile;

import java.util.Arrays;

/** An amount for each {@link Column}. */
final class Amounts {
    private static final int COLUMNS = Column.values().length;

    private final long[] amounts = new long[COLUMNS];

    long of(Column column) {
        return amounts[column.ordinal()];
    }

    void add(Column column, long amount) {
        amounts[column.ordinal()] += amount;
    }

    void addAll(Amounts others) {
        Arrays.setAll(amounts, column -> amounts[column] + others.amounts[column]);
    }
}
