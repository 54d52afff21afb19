/**
 * Settings: a file, the environment and overrides come in; immutable settings go out, or every problem at once with its
 * remedy.
 */
@NullMarked
package io.checkoutmetrics.config;

import org.jspecify.annotations.NullMarked;
