/** Seeds in, cases run against the job's doors to the outside out: what no input may do, held for very many of them. */
@NullMarked
package io.checkoutmetrics.fuzz;

import org.jspecify.annotations.NullMarked;
