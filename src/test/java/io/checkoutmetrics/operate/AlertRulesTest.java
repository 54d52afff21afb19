package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.hit.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken up is told what it means and what to do. That the metrics exist is for {@code MonitoringIT}. */
class AlertRulesTest {
    private static final Path RULES = Path.of("config", "prometheus", "alerts.yml");
    private static final Path DASHBOARD = Path.of("config", "grafana", "dashboards", "checkout-metrics.json");
    private static final List<String> OUTCOMES =
            List.of("not_checkout", "excluded", "dead_lettered", "checkouts_seen", "counted", "duplicate");

    private static List<String> rules() throws IOException {
        return Arrays.stream(Files.readString(RULES).split("\n      - alert: ", -1))
                .skip(1)
                .toList();
    }

    @Test
    void everyRule_saysWhatItMeans_andWhatToDo_andForWhom() throws IOException {
        assertThat(rules())
                .hasSizeGreaterThanOrEqualTo(12)
                .allSatisfy(rule -> assertThat(rule)
                        .startsWith("CheckoutMetrics")
                        .containsPattern("\n        expr: \\S")
                        .containsPattern("\n          severity: (?:page|ticket)\n")
                        .containsPattern("\n          summary: \\S.{10,}")
                        .containsPattern("\n          description: \\S.{20,}")
                        .containsPattern("\n          action: \\S.{20,}"));
    }

    @Test
    void engineOfOneInstance_wakesNobody_whileAnotherIsAtWork() throws IOException {
        List<String> aboutParts = Files.readAllLines(RULES).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("expr: ") && line.contains("checkout_metrics_part_ok"))
                .toList();
        assertThat(aboutParts)
                .containsExactlyInAnyOrder(
                        "expr: checkout_metrics_part_ok{part!=\"engine\"} == 0",
                        "expr: max by (job) (checkout_metrics_part_ok{part=\"engine\"}) == 0");
    }

    @Test
    void everyOutcomeAndReasonThatIsNamed_exists() throws IOException {
        List<String> reasons = Arrays.stream(Reason.values()).map(Reason::text).toList();
        String all = Files.readString(RULES) + Files.readString(DASHBOARD);
        assertThat(labels("outcome", all)).isNotEmpty().isSubsetOf(OUTCOMES);
        assertThat(labels("reason", all)).isSubsetOf(reasons);
        for (String rule : rules()) {
            if (rule.startsWith("CheckoutMetricsDeadLetters")) {
                assertThat(reasons)
                        .contains("late", "out_of_order", "schema_mismatch", "future_timestamp", "bad_timestamp");
            }
        }
    }

    private static List<String> labels(String label, String text) {
        return Pattern.compile("\\b" + label + "=\\\\?\"([a-z_]+)\\\\?\"")
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }
}
