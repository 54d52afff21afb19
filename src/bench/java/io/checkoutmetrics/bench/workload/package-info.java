/** What is measured with: parameters come in; made-up hits in a topic, and what their counts are in truth, go out. */
@NullMarked
package io.checkoutmetrics.bench.workload;

import org.jspecify.annotations.NullMarked;
