/**
 * The output topics as any subscriber reads them: their names come in; series and their records go out.
 */
@NullMarked
package io.checkoutmetrics.subscriber;

import org.jspecify.annotations.NullMarked;
