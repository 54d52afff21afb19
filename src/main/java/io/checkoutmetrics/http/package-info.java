/**
 * HTTP, kept from doing harm: requests of a browser, a monitoring system or an attacker come in; answers of the routes
 * that were registered go out, or refusals.
 */
@NullMarked
package io.checkoutmetrics.http;

import org.jspecify.annotations.NullMarked;
