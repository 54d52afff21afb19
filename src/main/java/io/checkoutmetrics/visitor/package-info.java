/**
 * Identifiers of visitors and visits come in, as hashes; how many different ones there were goes out: exactly while they are few,
 * estimated when they are many.
 */
@NullMarked
package io.checkoutmetrics.visitor;

import org.jspecify.annotations.NullMarked;
