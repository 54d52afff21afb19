package io.checkoutmetrics.stream;

/** What the first stage hands on. */
sealed interface Recognised permits ToCount, DeadLetter {}
