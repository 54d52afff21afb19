/**
 * Benchmarks: a command comes in, a table of figures goes out. Nothing of it is in the jar.
 *
 * <p>{@code mvn -q -Pbench test-compile exec:exec -Dbench.args='drain --hits 1000000'}
 */
@NullMarked
package io.checkoutmetrics.bench;

import org.jspecify.annotations.NullMarked;
