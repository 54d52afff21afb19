/**
 * The job's life: settings come in; a running job goes out, or the reason why it cannot run and what to do about it.
 */
@NullMarked
package io.checkoutmetrics.operate;

import org.jspecify.annotations.NullMarked;
