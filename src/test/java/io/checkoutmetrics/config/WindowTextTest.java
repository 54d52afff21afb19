package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTextTest {
    private static final Pattern PROPOSED = Pattern.compile("PT[0-9HMS.]*[HMS]");

    @ParameterizedTest
    @CsvSource({
        "5m/5s, 300000, 5000",
        "24h/10m, 86400000, 600000",
        "PT1M/PT1S, 60000, 1000",
        " 1 m / 1 s, 60000, 1000",
        "100ms/100ms, 100, 100",
        "366d/1d, 31622400000, 86400000"
    })
    void sizeAndSlide_areReadInEveryForm(String text, long sizeMs, long slideMs) {
        assertThat(WindowText.parse(text)).isEqualTo(new Window(sizeMs, slideMs));
    }

    @Test
    void slideThatDoesNotDivide_isAnsweredWithTheNextThatDo() {
        assertThat(problems("windows=1m/7s"))
                .containsExactly("windows: slide PT7S does not divide size PT1M. Try PT6S or PT10S.");
        assertThat(problems("windows=1h/7m"))
                .containsExactly("windows: slide PT7M does not divide size PT1H. Try PT6M or PT10M.");
    }

    @Test
    void slideLongerThanTheSize_isAnsweredWithTheSize() {
        assertThat(problems("windows=5s/5m"))
                .containsExactly("windows: slide PT5M does not divide size PT5S. Try PT5S.");
    }

    @ParameterizedTest
    @CsvSource({"99ms/99ms", "1m/0s", "367d/1d", "1m/99ms", "999999999999999d/1s", "1m/-1s", "5m", "/", "5m/5s/1s"})
    void absurdOrBroken_isRefused_namingTheSetting(String text) {
        assertThat(problems("windows=" + text)).singleElement().asString().startsWith("windows: ");
    }

    @Provide
    Arbitrary<Long> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 3_000).map(seconds -> seconds * 1_000),
                Arbitraries.longs().between(100, 366L * 86_400_000));
    }

    @Property
    void proposedSlides_areAllowed_andDivideTheSize(@ForAll("lengths") long sizeMs, @ForAll("lengths") long slideMs) {
        Assume.that(sizeMs % slideMs != 0);
        IllegalArgumentException refused = catchThrowableOfType(
                IllegalArgumentException.class, () -> WindowText.parse(sizeMs + "ms/" + slideMs + "ms"));
        String message = String.valueOf(refused.getMessage());
        List<Duration> proposed = PROPOSED.matcher(message.substring(message.indexOf(". Try ")))
                .results()
                .map(match -> Duration.parse(match.group()))
                .toList();
        assertThat(proposed).isNotEmpty().hasSizeLessThanOrEqualTo(2);
        assertThat(proposed)
                .allSatisfy(slide -> assertThat(WindowText.parse(sizeMs + "ms/" + slide))
                        .isEqualTo(new Window(sizeMs, slide.toMillis())));
    }
}
