/**
 * The job's topology: the hits topic comes in; rolling Checkouts, final intervals and dead letters go out.
 */
@NullMarked
package io.checkoutmetrics.stream;

import org.jspecify.annotations.NullMarked;
