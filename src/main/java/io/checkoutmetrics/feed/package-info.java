/**
 * Hits from files: Adobe data feeds and JSON lines come in; hits in the order received go out, and a message for every
 * line that is none.
 */
@NullMarked
package io.checkoutmetrics.feed;

import org.jspecify.annotations.NullMarked;
