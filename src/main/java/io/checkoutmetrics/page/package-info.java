/**
 * The page to look at all day: what the output topics say comes in; the page, its JSON and its live stream go out.
 */
@NullMarked
package io.checkoutmetrics.page;

import org.jspecify.annotations.NullMarked;
