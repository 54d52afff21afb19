package io.checkoutmetrics.cli;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
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
    private static final long STEP_MS = 50;

    private final Clock clock = Clock.systemUTC();
    private final Instant begin = clock.instant();
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
                    HitsTopic hits = new HitsTopic(settings);
                    Job job = Job.start(settings)) {
                serving.started(job, settings);
                String url = serving.url().orElseThrow() + "/";
                System.out.println(url);
                Instant end = begin.plus(GRACE).plus(Duration.ofMinutes(2));
                while (clock.instant().isBefore(end)) {
                    send(hits);
                    Thread.sleep(STEP_MS);
                }
                Thread pictures = new Thread(() -> photograph(url));
                pictures.start();
                while (pictures.isAlive()) {
                    send(hits);
                    Thread.sleep(STEP_MS);
                }
            }
        }
    }

    private void send(HitsTopic hits) {
        for (ReceivedHit hit : shops.until(clock.instant())) {
            boolean isBroken = hit.hit().getReportSuite().equals("uk-shop")
                    && hit.hit().getEvents().contains("scCheckout")
                    && Instant.ofEpochMilli(hit.receivedMs())
                            .isAfter(begin.plus(GRACE).minus(BROKEN_FOR).plusSeconds(120));
            if (!isBroken) {
                hits.send(hit);
            }
        }
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
            page.waitForSelector(".suite canvas");
            page.waitForTimeout(3_000);
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)));
        }
    }
}
