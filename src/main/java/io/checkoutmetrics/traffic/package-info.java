/**
 * Made-up shops: a seed and the time come in; the hits their visitors would have made go out.
 */
@NullMarked
package io.checkoutmetrics.traffic;

import org.jspecify.annotations.NullMarked;
