package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.http.HttpListener;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.page.Page;
import java.time.Clock;

/** The page of a running job, served where the settings say. */
final class ServedPage implements AutoCloseable {
    private final HttpListener listener;
    private final Page page;

    ServedPage(HttpListener listener, Settings settings, Clock clock, Job job) {
        this.listener = listener;
        page = Page.open(settings, clock, () -> job.outcomes().snapshot());
        page.serveOn(listener);
    }

    /** Where it is, as a URL. */
    String url() {
        return listener.url() + "/";
    }

    @Override
    public void close() {
        page.close();
    }
}
