package io.checkoutmetrics.reconcile;

import java.util.EnumMap;
import java.util.Map;

/** Several accounts in one: amounts add up, and so do the kinds of their differences, which may cancel each other. */
final class Sum {
    private final Amounts amounts = new Amounts();
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    private long duplicates;
    private long accounts;
    private long differing;

    void add(Account account) {
        amounts.addAll(account.amounts());
        duplicates += account.duplicates();
        accounts++;
        if (!account.isEqual()) {
            differing++;
            account.explained().forEach((kind, checkouts) -> kinds.merge(kind, checkouts, Long::sum));
        }
    }

    Amounts amounts() {
        return amounts;
    }

    long of(Column column) {
        return amounts.of(column);
    }

    long duplicates() {
        return duplicates;
    }

    long difference() {
        return of(Column.PUBLISHED) - of(Column.COUNTED);
    }

    /** Checkouts by what the differences of the accounts are put down to. */
    Map<Kind, Long> kinds() {
        return kinds;
    }

    /** How many were added. */
    long accounts() {
        return accounts;
    }

    /** How many of them are not equal on both sides. */
    long differing() {
        return differing;
    }
}
