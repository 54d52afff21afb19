package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsProblemsTest {
    @Test
    void slidesWithNothingInCommonButMoments_areRefused() {
        assertThat(problems("windows=999ms/999ms,1m/1s"))
                .singleElement()
                .asString()
                .startsWith("windows: the slides and intervals have only PT0.001S in common.");
    }

    @Test
    void windowsOfTooManySlices_areRefused_beforeASeriesOutgrowsARecord() {
        assertThat(problems("windows=30d/1s"))
                .singleElement()
                .asString()
                .startsWith("windows: ")
                .contains("5184011");
        assertThat(problems("windows=1m/1s", "intervals=1s", "grace=30d"))
                .singleElement()
                .asString()
                .contains("2592121");
        assertThat(new SettingsSource()
                        .set("windows", "24h/1s,7d/10s")
                        .read()
                        .rolling()
                        .mostSlices())
                .isLessThan(300_000);
    }

    @Test
    void everythingThatIsWrong_isSaidAtOnce_oneLineEach() {
        List<String> problems = problems(
                "bogus=1",
                "windows=1m/7s,5m",
                "intervals=1ms",
                "grace=soon",
                "dimensions=prop1",
                "checkout.events=a:b",
                "checkout.max-increment=many",
                "dedup.mode=q",
                "dedup.mode.eu=r",
                "topics.create=maybe",
                "topics.metrics=a b");
        assertThat(problems)
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "bogus",
                        "windows",
                        "windows",
                        "intervals",
                        "grace",
                        "dimensions",
                        "checkout.events",
                        "checkout.max-increment",
                        "dedup.mode",
                        "dedup.mode.eu",
                        "topics.create",
                        "topics.metrics");
        assertThat(new InvalidSettingsException(problems)).hasMessage(String.join(System.lineSeparator(), problems));
    }

    @ParameterizedTest
    @CsvSource({
        "windws, windows",
        "topic.input, topics.input",
        "publish.erly, publish.early",
        "bootstrap.servers, kafka.bootstrap.servers",
        "GRACE, grace"
    })
    void mistypedName_isAnsweredWithTheNearest(String mistyped, String meant) {
        assertThat(problems(mistyped + "=1"))
                .singleElement()
                .asString()
                .startsWith(mistyped + ": there is no such setting. Did you mean ")
                .contains(mistyped.equals("GRACE") ? "Did you mean" : "Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.", "fields.", "dedup.mode.", "config.providers."})
    void prefixWithoutAName_isNoSetting(String name) {
        assertThat(problems(name + "=event-id")).anyMatch(problem -> problem.startsWith(name + ": there is no such"));
    }

    @Test
    void prop_isRefusedAsADimension_sayingWhy() {
        assertThat(problems("dimensions=country,prop12"))
                .singleElement()
                .asString()
                .startsWith("dimensions: prop12 is a traffic variable, and Adobe has no Checkouts for those (N/A)")
                .contains("eVar");
    }

    @Test
    void cartValueWithoutCurrencies_isRefused_sayingWhy() {
        assertThat(problems("cart.value=true", "dimensions=country,product"))
                .singleElement()
                .asString()
                .startsWith("cart.value: amounts of different currencies do not add up")
                .endsWith("Add currency to dimensions, or set cart.value=false.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "windows; 1m/1s,1m/1s",
                "windows; 1m/1s,60s/1000ms",
                "intervals; 1m,60s",
                "intervals; 1m,1m",
                "dimensions; country,country",
                "checkout.events; scCheckout, scCheckout",
                "report-suites; eu,eu"
            })
    void sameThingTwiceInAList_howeverItIsWritten_isRefused(String name, String value) {
        assertThat(problems(name + "=" + value)).singleElement().asString().startsWith(name + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "windows",
                "intervals",
                "checkout.events",
                "checkout.max-increment",
                "grace",
                "publish.early",
                "dedup.mode",
                "dedup.mode.eu",
                "topics.input",
                "topics.create",
                "application.id",
                "schema.registry.url",
                "kafka.bootstrap.servers",
                "fields.events"
            })
    void blankValue_isOneProblem(String name) {
        assertThat(problems(name + "=")).singleElement().asString().startsWith(name + ": ");
        assertThat(problems(name + "=  ")).singleElement().asString().startsWith(name + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"country,,campaign", "country,", ",", " , "})
    void gapInAList_isRefused(String dimensions) {
        assertThat(problems("dimensions=" + dimensions))
                .singleElement()
                .asString()
                .startsWith("dimensions: ");
    }

    @Test
    void twoTopicsOfOneName_areRefused_namingBothSettings() {
        assertThat(problems("topics.metrics=hits"))
                .containsExactly("topics.metrics: \"hits\" is topics.input already. Give each a topic of its own.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "é", ".", "..", "a/b"})
    void nameThatNoTopicCanHave_isRefused(String name) {
        assertThat(problems("topics.input=" + name)).singleElement().asString().contains("cannot name a topic");
        assertThat(problems("application.id=" + name))
                .singleElement()
                .asString()
                .contains("cannot name a topic");
        assertThat(problems("topics.input=" + "x".repeat(250))).hasSize(1);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of(Definition.DEFINITION.names()),
                Arbitraries.of(
                        "kafka.x", "fields.events", "dedup.mode.eu", "config.providers", "config.providers.file.class"),
                Arbitraries.strings().ofMaxLength(10));
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> pieces = Arbitraries.of(
                "1m",
                "/",
                "1s",
                ",",
                "0",
                "-",
                "PT",
                "d",
                "ms",
                "99999999999999999",
                "off",
                "always",
                "${file:a:b}",
                "${",
                "}",
                " ",
                "\u0000",
                "é",
                "file",
                "java.lang.String",
                "P1Y",
                "1e9",
                "prop1",
                "=");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(5).map(parts -> String.join("", parts)),
                Arbitraries.strings().ofMaxLength(20));
    }

    private record Assigned(String name, String value) {}

    @Provide
    Arbitrary<Assigned> assigned() {
        return Combinators.combine(names(), values()).as(Assigned::new);
    }

    @Property
    void whateverIsWritten_settingsAreReadOrRefused_neverAnythingElse(
            @ForAll @Size(max = 6) List<@From("assigned") Assigned> all) {
        SettingsSource source = new SettingsSource();
        all.forEach(one -> source.set(one.name, one.value));
        try {
            assertThat(source.read().rolling().sliceMs()).isPositive();
        } catch (InvalidSettingsException e) {
            assertThat(e.problems()).isNotEmpty().allMatch(problem -> !problem.isBlank());
        }
    }

    @Test
    void zoneThatIsNone_isRefused_namingSome() {
        assertThat(problems("intervals.zone=Paris"))
                .singleElement()
                .asString()
                .startsWith("intervals.zone: ")
                .contains("\"Paris\" is no time zone", "Europe/Paris");
    }

    @Test
    void stallTimeout_hasToBeLongerThanAQuietPartitionMayHoldTime() {
        assertThat(problems("idle.timeout=20s", "stall.timeout=15s"))
                .singleElement()
                .asString()
                .startsWith("stall.timeout: PT15S is too short")
                .contains("for PT20.5S", "Use PT41S");
        assertThat(problems("watermark.interval=10s", "stall.timeout=15s")).hasSize(1);
        assertThat(TestSettings.read("idle.timeout=20s").pace().stallTimeout()).hasSeconds(60);
    }
}
