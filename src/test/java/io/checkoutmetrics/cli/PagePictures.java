package io.checkoutmetrics.cli;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.Sandbox;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.operate.Topics;
import io.checkoutmetrics.page.Chromium;
import io.checkoutmetrics.traffic.ShopTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Takes the pictures of the README: made-up shops with a past of some hours, one of which has had no checkouts for a
 * while. Argument: the folder for the pictures, {@code src/page/screenshots}; they are made smaller with {@code pngquant
 * 64} then. Takes several minutes, since finals wait for their grace.
 */
final class PagePictures {
    private static final Duration PAST = Duration.ofHours(4);
    private static final Duration GRACE = Duration.ofMinutes(3);
    private static final Duration BROKEN_FOR = Duration.ofMinutes(9);
    private static final double HITS_PER_SECOND = 60;
    private static final int SHOPS = 4;

    private final Clock clock = Clock.systemUTC();
    private final Instant begin = clock.instant();
    private final Instant pictures = begin.plus(GRACE).plus(Duration.ofMinutes(2));
    private final ShopTraffic shops = new ShopTraffic(7, HITS_PER_SECOND, begin.minus(PAST));
    private final Path folder;

    private PagePictures(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new PagePictures(Files.createDirectories(Path.of(args[0]))).take();
    }

    private void take() throws IOException, InterruptedException {
        new Talk().little();
        try (Sandbox sandbox = Sandbox.start()) {
            SettingsSource source = new SettingsSource();
            sandbox.settings().forEach(source::set);
            Settings settings = source.set("http.listen", "127.0.0.1:0")
                    .set("grace", GRACE.toMinutes() + "m")
                    .set("publish.alive", "30s") // so that a slow machine's numbers pass for fresh
                    .read();
            try (Topics topics = Topics.open(settings)) {
                topics.createInput(4);
            }
            try (Serving serving = Serving.begin(settings, clock);
                    Traffic traffic = Traffic.start(this::hitsUntil, settings, clock);
                    Job job = Job.start(settings)) {
                serving.started(job, settings);
                String url = serving.url().orElseThrow() + "/";
                System.out.println(url);
                await().forever()
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> traffic.hasFailed() || !clock.instant().isBefore(pictures));
                traffic.throwFailure();
                photograph(url);
                traffic.throwFailure();
            }
        }
    }

    /** What the shops send, but for the checkouts of the one that is broken. */
    private List<ReceivedHit> hitsUntil(Instant moment) {
        return shops.until(moment).stream().filter(hit -> !isMissing(hit)).toList();
    }

    private boolean isMissing(ReceivedHit hit) {
        return hit.hit().getReportSuite().equals("uk-shop")
                && hit.hit().getEvents().contains("scCheckout")
                && Instant.ofEpochMilli(hit.receivedMs()).isAfter(pictures.minus(BROKEN_FOR));
    }

    private void photograph(String url) {
        try (Chromium chromium = Chromium.start()) {
            photograph(chromium, url, "laptop-light.png", 1440, 980, ColorScheme.LIGHT);
            photograph(chromium, url, "wall-dark.png", 1920, 1080, ColorScheme.DARK);
            photograph(chromium, url, "phone-light.png", 390, 844, ColorScheme.LIGHT);
        }
    }

    private void photograph(Chromium chromium, String url, String name, int width, int height, ColorScheme scheme) {
        try (BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setTimezoneId("Europe/Paris")
                        .setColorScheme(scheme))) {
            Page page = context.newPage();
            page.navigate(url);
            page.locator(".suite:has(.dimension)").nth(SHOPS - 1).waitFor();
            page.locator(".hits-plot canvas").first().waitFor(); // all charts in view are drawn at once
            page.locator("body[data-connection=live]").waitFor();
            page.locator("#notice").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)));
        }
    }
}
