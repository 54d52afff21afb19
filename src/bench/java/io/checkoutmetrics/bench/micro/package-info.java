/** The hot path, method by method, with JMH: {@code micro} is the command that runs them. */
@NullMarked
package io.checkoutmetrics.bench.micro;

import org.jspecify.annotations.NullMarked;
