/**
 * The oracle: hits come in, what the job must publish about them comes out, and the differences to what it did publish.
 * It shares no code with the job: naive where the job is clever, slow where the job is fast, so that the two cannot be
 * wrong in the same way.
 */
@NullMarked
package io.checkoutmetrics.oracle;

import org.jspecify.annotations.NullMarked;
