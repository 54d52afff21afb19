/**
 * The commands: arguments come in; results go to standard output, talk to standard error, and an exit code.
 */
@NullMarked
package io.checkoutmetrics.cli;

import org.jspecify.annotations.NullMarked;
