/**
 * Reconciliation: the hits of a feed, what they count to, and the finals that were published come in; what differs in each
 * interval, and why, goes out.
 */
@NullMarked
package io.checkoutmetrics.reconcile;

import org.jspecify.annotations.NullMarked;
