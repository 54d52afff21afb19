/**
 * What is published: a series and its counts come in; the records of the output topics, their keys and their JSON go
 * out.
 */
@NullMarked
package io.checkoutmetrics.metric;

import org.jspecify.annotations.NullMarked;
