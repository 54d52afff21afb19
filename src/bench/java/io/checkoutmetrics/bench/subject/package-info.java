/**
 * What is measured, each in a process of its own: a workload's topic comes in; how long it took, what it used and
 * whether it counted right go out.
 */
@NullMarked
package io.checkoutmetrics.bench.subject;

import org.jspecify.annotations.NullMarked;
