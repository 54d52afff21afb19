package io.checkoutmetrics.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Answers the requests for one path with a body that goes on for as long as there is something to say, such as
 * server-sent events.
 *
 * <p>Each client has a thread of its own, apart from those of other requests: {@link #stream} may wait as long as it
 * likes. There are at most {@link HttpListener#MOST_STREAMS} clients; one more is told to come back later (503). A
 * client that does not take what is written for some seconds is cut off: the write fails with an {@link IOException}.
 * That a client has gone away shows only in writing, so something should be written every 15 s or so, if only a comment.
 */
@FunctionalInterface
public interface StreamRoute {
    /**
     * Writes the body until it returns. What was written reaches the client with {@code flush()}.
     *
     * @param body closed by the caller
     * @throws IOException when the client has gone: let it through
     * @throws InterruptedException when the listener is closed: let it through
     */
    void stream(Request request, OutputStream body) throws IOException, InterruptedException;
}
