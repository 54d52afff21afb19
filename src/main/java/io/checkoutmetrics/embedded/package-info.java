/**
 * A Kafka broker and a schema registry inside this JVM: a folder comes in, addresses to connect to go out. For commands
 * and tests that bring their own Kafka.
 */
@NullMarked
package io.checkoutmetrics.embedded;

import org.jspecify.annotations.NullMarked;
