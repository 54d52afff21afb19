package io.checkoutmetrics;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long tests wait for what must come, where they do not say: for as long as a busy machine with slow disks may need, since
 * waiting costs nothing where it comes. Awaitility's own default is 10 s. JUnit finds this by itself.
 */
public final class Patience implements BeforeAllCallback {
    public static final Duration LONG = Duration.ofMinutes(2);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
