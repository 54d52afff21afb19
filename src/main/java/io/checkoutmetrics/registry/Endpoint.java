package io.checkoutmetrics.registry;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One base URL of the registry, without credentials in it.
 *
 * @param base scheme, host, port and path prefix; no slash at the end
 * @param authorization value of the Authorization header, or null for none
 */
record Endpoint(URI base, @Nullable String authorization) {
    URI resolve(String path) {
        return URI.create(base + path);
    }

    /** What messages call it: the base URL, never the authorization. */
    @Override
    public String toString() {
        return base.toString();
    }
}
