/**
 * Lines come in in any order and any number; they go out in the order of their keys, in bounded memory.
 */
@NullMarked
package io.checkoutmetrics.sorted;

import org.jspecify.annotations.NullMarked;
