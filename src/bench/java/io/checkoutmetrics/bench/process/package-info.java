/** Processes of their own: a class and its arguments come in; its lines of output, and what it used, go out. */
@NullMarked
package io.checkoutmetrics.bench.process;

import org.jspecify.annotations.NullMarked;
