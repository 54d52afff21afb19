package io.checkoutmetrics.alarm;

/** Decides step by step whether there is an alarm. */
interface Rule {
    /** Takes the next second; returns -1 while there is an alarm that checkouts are missing, 1 that there are too many, else 0. */
    int take(Step step);
}
