package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {
    @Test
    void byDefault_nothingIsWatched() {
        Settings.Alerts alerts = TestSettings.read().alerts();
        assertThat(alerts.on()).isFalse();
        assertThat(alerts.topic()).isEqualTo("checkout-alerts");
        assertThat(alerts.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(alerts.falseAlarmsPerMonth()).isEqualTo(0.1);
    }

    @Test
    void zone_isThatOfTheIntervals_unlessItHasItsOwn_orTheReportSuiteHas() {
        Settings.Alerts alerts = TestSettings.read("intervals.zone=Asia/Tokyo", "alerts.zone.eu=Europe/Paris")
                .alerts();
        assertThat(alerts.zoneOf("jp")).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(alerts.zoneOf("eu")).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(TestSettings.read("intervals.zone=Asia/Tokyo", "alerts.zone=UTC")
                        .alerts()
                        .zoneOf("jp"))
                .isEqualTo(ZoneId.of("UTC"));
    }

    @Test
    void items_areOfDimensions() {
        Settings.Alerts alerts =
                TestSettings.read("alerts.items=country=fr,campaign=a=b").alerts();
        assertThat(alerts.watches("country", "fr")).isTrue();
        assertThat(alerts.watches("campaign", "a=b")).isTrue();
        assertThat(alerts.watches("country", "de")).isFalse();
    }

    @Test
    void whatCannotBe_isSaidAllAtOnce() {
        assertThat(problems(
                        "alerts.items=fr,browser=x",
                        "alerts.zone=Mars",
                        "alerts.zone.eu=Moon",
                        "alerts.false-alarms=never",
                        "topics.alerts=hits"))
                .anyMatch(one -> one.startsWith("alerts.items: \"fr\" names no item"))
                .anyMatch(one -> one.startsWith("alerts.items: \"browser\" is none of the dimensions"))
                .anyMatch(one -> one.startsWith("alerts.zone: \"Mars\" is no time zone"))
                .anyMatch(one -> one.startsWith("alerts.zone.eu: \"Moon\" is no time zone"))
                .anyMatch(one -> one.startsWith("alerts.false-alarms: \"never\" is no number"))
                .anyMatch(one -> one.startsWith("topics.alerts: \"hits\" is topics.input already"));
    }
}
