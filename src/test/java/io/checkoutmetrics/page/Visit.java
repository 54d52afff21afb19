package io.checkoutmetrics.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who looks at the page, and everything that went wrong meanwhile. */
final class Visit implements AutoCloseable {
    private static final double PATIENCE_MS = 60_000;

    private final BrowserContext context;
    private final com.microsoft.playwright.Page page;
    private final String url;
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    Visit(Chromium chromium, String url, int width, int height, ColorScheme scheme) {
        this.url = url;
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE_MS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log") && !message.text().contains("ERR_")) {
                wrong.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> wrong.add("error: " + error));
        page.onDialog(dialog -> {
            wrong.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(url + "/")) {
                wrong.add("request to elsewhere: " + request.url());
            }
        });
        page.navigate(url + "/");
    }

    /** Console errors, violations of the content security policy, dialogs, and requests to anywhere else. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    com.microsoft.playwright.Page page() {
        return page;
    }

    /** The part of the page about a report suite, by the name that is read there. */
    Locator suite(String shownName) {
        return page.locator(".suite")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".name").and(page.getByText(shownName, exactly()))));
    }

    private static com.microsoft.playwright.Page.GetByTextOptions exactly() {
        return new com.microsoft.playwright.Page.GetByTextOptions().setExact(true);
    }

    /** Waits until that can be read there. */
    void awaitText(Locator where, String text) {
        where.filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
    }

    boolean scrollsSideways() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
    }

    @Override
    public void close() {
        context.close();
    }
}
