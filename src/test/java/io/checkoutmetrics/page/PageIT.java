package io.checkoutmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.checkoutmetrics.avro.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as somebody sees it, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PageIT {
    private static final long[] BUSY = {42, 210, 2_400, 50_000};
    private static final long[] HITS = {2_000, 10_000, 120_000, 2_500_000};
    private static final long[] NONE_LATELY = {0, 0, 2_400, 50_000};
    private static final long[] NO_HITS = {0, 0, 120_000, 2_500_000};
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><svg onload=alert(1)>",
            "javascript:alert(1)",
            "'-alert(1)-'",
            "{{constructor.constructor('alert(1)')()}}",
            "</td></table><iframe srcdoc='<script>parent.alert(1)</script>'>",
            "<style>*{display:none}</style>",
            "<a href=//evil.example>x</a>",
            "__proto__",
            "constructor",
            "]]><!--",
            "\\u003cscript\\u003ealert(1)",
            "event: snapshot",
            "${alert(1)}",
            "&lt;b&gt;");

    @TempDir
    static Path folder;

    private PublishedPage published;
    private Chromium chromium;
    private ScheduledExecutorService job;

    @BeforeAll
    void open() throws Exception {
        boolean isInstalled = Chromium.installed().isPresent();
        assertThat(isInstalled || !"required".equals(System.getenv("CHROMIUM_IS")))
                .as("Chromium is required here and not installed")
                .isTrue();
        assumeTrue(isInstalled, "these tests need Chromium: install it, or say where it is in the variable CHROMIUM");
        published = new PublishedPage(folder);
        HOSTILE.forEach(item -> published.item("shop-a", "country", item, 3, 9, 90, 900));
        for (int i = 0; i < 1_000; i++) {
            published.item("shop-b", "campaign", "campaign " + i, 0, 1, 1 + i, 2_000 + i);
        }
        published.item("tiny", "currency", "EUR", 0, 2, 30, 8_000);
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        for (int i = 90; i > 10; i--) {
            published.finalOf("shop-a", minute.minus(i, ChronoUnit.MINUTES), 40 + i % 7, 2_000);
        }
        job = Executors.newSingleThreadScheduledExecutor();
        job.scheduleWithFixedDelay(this::publish, 0, 500, TimeUnit.MILLISECONDS);
        chromium = Chromium.start();
    }

    private void publish() {
        Instant now = Instant.now();
        published.total("shop-a", Status.EARLY, now.minusSeconds(1), BUSY, HITS);
        published.total("shop-b", Status.EARLY, now.minusSeconds(900), NONE_LATELY, HITS);
        published.total("shop-c", Status.INPUT_IDLE, now.minusSeconds(400), NONE_LATELY, NO_HITS);
        published.total("shop-d", Status.STALLED, now.minusSeconds(30), BUSY, HITS);
        published.total(
                "tiny", Status.EARLY, now.minusSeconds(9_000), new long[] {0, 0, 0, 8}, new long[] {0, 2, 9, 700});
        published.total("<b>bold</b>", Status.EARLY, now.minusSeconds(2), BUSY, HITS);
        published.flush();
    }

    @AfterAll
    void close() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (job != null) {
            job.shutdown();
            job.awaitTermination(10, TimeUnit.SECONDS);
        }
        if (published != null) {
            published.close();
        }
    }

    private Visit visit(int width, int height, ColorScheme scheme) {
        Visit visit = new Visit(chromium, published.url(), width, height, scheme);
        visit.awaitText(visit.suite("shop-a").locator(".word"), "Alive");
        return visit;
    }

    private Visit visit() {
        return visit(1_280, 900, ColorScheme.LIGHT);
    }

    @Test
    void everyState_hasAWordAShapeAndAReason() {
        try (Visit visit = visit()) {
            assertThat(List.of("shop-a", "shop-b", "shop-c", "shop-d", "tiny").stream()
                            .map(name -> name + ": "
                                    + visit.suite(name).locator(".word").textContent() + " "
                                    + visit.suite(name).locator(".verdict use").getAttribute("href")))
                    .containsExactly(
                            "shop-a: Alive #shape-ALIVE",
                            "shop-b: Traffic, but no checkouts #shape-NO_CHECKOUTS",
                            "shop-c: No traffic #shape-NO_TRAFFIC",
                            "shop-d: Not known #shape-NOT_KNOWN",
                            "tiny: Quiet #shape-QUIET");
            assertThat(visit.suite("shop-b").locator(".why").textContent())
                    .isEqualTo("2,000 hits in 1 min, no checkout");
            assertThat(visit.suite("shop-c").locator(".why").textContent()).isEqualTo("No hits in 5 min");
            assertThat(visit.suite("tiny").locator(".why").textContent())
                    .isEqualTo("No checkout in 1 h, and few expected");
            assertThat(visit.page().locator("#summary").textContent())
                    .isEqualTo("1 with traffic but no checkouts, 1 without traffic, 1 not known, 1 quiet, 2 alive");
            assertThat(visit.wrong()).isEmpty();
        }
    }

    @Test
    void numbers_areThoseThatWerePublished() {
        try (Visit visit = visit()) {
            Locator suite = visit.suite("shop-a");
            assertThat(suite.locator(".windows .checkouts td").allTextContents())
                    .containsExactly("42", "210", "2,400", "50,000");
            assertThat(suite.locator(".windows .change td").allTextContents())
                    .containsExactly("▲ 100%", "▲ 100%", "▲ 100%", "▲ 100%");
            assertThat(suite.locator(".windows .hits td").allTextContents())
                    .containsExactly("2,000", "10,000", "120.0K", "2.5M");
            assertThat(suite.locator(".windows .rate td").allTextContents())
                    .containsExactly("21.0", "21.0", "20.0", "20.0");
            assertThat(visit.page().locator("#outcomes div").allTextContents()).contains("Late17");
            suite.locator(".plots").press("Home");
            assertThat(suite.locator(".readout").textContent()).endsWith("  46 checkouts, 2,000 hits");
            assertThat(suite.locator(".plots").getAttribute("aria-label"))
                    .startsWith("Chart of checkouts and hits per minute since ");
        }
    }

    @Test
    void hostileNames_areReadAsTheyAre_andRunNothing() {
        try (Visit visit = visit()) {
            Locator suite = visit.suite("shop-a");
            suite.locator(".all").click();
            await().untilAsserted(() -> assertThat(
                            suite.locator(".dimension tbody .item").allTextContents())
                    .containsExactlyInAnyOrderElementsOf(HOSTILE));
            assertThat(visit.suite("<b>bold</b>").count()).isEqualTo(1);
            assertThat(visit.page()
                            .locator("iframe, img, b, main script, main style, main a")
                            .count())
                    .isZero();
            assertThat(visit.wrong()).isEmpty();
        }
    }

    @Test
    void thousandItems_areThereOnRequest_andTheRestStaysInPlace() {
        try (Visit visit = visit()) {
            Locator suite = visit.suite("shop-b");
            Locator rows = suite.locator(".dimension tbody tr");
            assertThat(rows.count()).isEqualTo(5);
            assertThat(rows.first().allInnerTexts().get(0)).startsWith("campaign 999");
            Locator all = suite.locator(".all");
            assertThat(all.textContent()).isEqualTo("Show all 1,000");
            all.focus();
            visit.page().keyboard().press("Enter");
            await().until(() -> rows.count() == 1_000);
            assertThat(all.getAttribute("aria-expanded")).isEqualTo("true");
            assertThat(visit.scrollsSideways()).isFalse();
            visit.page().locator("#window").selectOption("PT1M");
            visit.awaitText(suite.locator("tbody"), "none in this window");
            visit.page().keyboard().press("Tab");
            all.click();
            await().until(() -> rows.count() == 5);
            assertThat(visit.wrong()).isEmpty();
        }
    }

    @Test
    void lostConnection_isSaidEverywhere_andHealsByItself() {
        try (Visit visit = visit()) {
            Locator suite = visit.suite("shop-a");
            int port = published.hangUp();
            try {
                visit.awaitText(visit.page().locator("#connection"), "Connection lost");
                visit.awaitText(suite.locator(".word"), "Not known");
                assertThat(suite.locator(".why").textContent()).startsWith("Connection lost");
                assertThat(visit.page().locator("#notice").isVisible()).isTrue();
                assertThat(visit.page().title()).isEqualTo("? Checkouts");
                visit.awaitText(visit.page().locator("#announcer"), "shop-a: Not known");
            } finally {
                published.answerAgain(port);
            }
            visit.awaitText(suite.locator(".word"), "Alive");
            assertThat(visit.page().locator("#notice").isVisible()).isFalse();
            visit.awaitText(visit.page().locator("#announcer"), "shop-a: Alive");
            assertThat(visit.wrong()).isEmpty();
        }
    }

    @Test
    void whoPointsAtACurrency_isToldWhatIsInTheCarts() {
        try (Visit visit = visit()) {
            visit.awaitText(visit.suite("tiny").locator(".dimension .item"), "EUR");
            assertThat(visit.suite("tiny")
                            .locator("td.checkouts")
                            .filter(new Locator.FilterOptions().setHasText("30"))
                            .first()
                            .getAttribute("title"))
                    .isEqualTo("2,985.00 EUR in the carts");
            assertThat(visit.wrong()).isEmpty();
        }
    }

    @Test
    void whileNothingChangesItsWord_nothingIsAnnounced() {
        try (Visit visit = visit()) {
            String asOf = visit.suite("shop-a").locator(".as-of").getAttribute("title");
            await().until(() -> !String.valueOf(asOf)
                    .equals(visit.suite("shop-a").locator(".as-of").getAttribute("title")));
            assertThat(visit.page().locator("#announcer").textContent()).isEmpty();
        }
    }

    @Test
    void keyboardAlone_reachesEverything() {
        try (Visit visit = visit()) {
            List<String> reached = new java.util.ArrayList<>();
            for (int i = 0; i < 12; i++) {
                visit.page().keyboard().press("Tab");
                reached.add((String)
                        visit.page().evaluate("document.activeElement.id || document.activeElement.className"));
            }
            assertThat(reached.subList(0, 3)).containsExactly("skip", "window", "plots");
            assertThat(reached).contains("all");
            visit.page().locator(".skip").press("Enter");
            assertThat(visit.page().evaluate("document.activeElement.id")).isEqualTo("suites");
        }
    }

    @ParameterizedTest
    @CsvSource({"320, 640, DARK", "390, 844, LIGHT", "1024, 768, DARK", "1920, 1080, LIGHT", "3840, 2160, DARK"})
    void everyWidth_needsNoSidewaysScrolling_andReadsWell(int width, int height, ColorScheme scheme) {
        try (Visit visit = visit(width, height, scheme)) {
            assertThat(visit.scrollsSideways()).isFalse();
            assertThat(lowContrast(visit)).isEmpty();
            assertThat(visit.wrong()).isEmpty();
        }
    }

    /** Texts with less than 4.5:1 against what is behind them. */
    @SuppressWarnings("unchecked")
    private static List<String> lowContrast(Visit visit) {
        return (List<String>) visit.page().evaluate(script("contrast.js"));
    }

    private static String script(String name) {
        try (var in = PageIT.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.joining("\n"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
