/**
 * The live view: published records come in; the lines of a terminal go out, in any size and with colours only where
 * they are welcome.
 */
@NullMarked
package io.checkoutmetrics.terminal;

import org.jspecify.annotations.NullMarked;
