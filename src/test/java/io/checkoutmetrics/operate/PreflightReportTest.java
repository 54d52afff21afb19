package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreflightReportTest {
    private static final List<Finding> FINDINGS = List.of(
            Finding.ok("settings", "can be used"),
            Finding.warning("topics.metrics", "is \"odd\".", "Mend it."),
            Finding.problem("ACLs", "Write is not allowed.", "Allow it."));

    @Test
    void text_isAnAlignedLineForEachCheck_withTheRemedyBelow() {
        assertThat(PreflightReport.text(FINDINGS).lines())
                .containsExactly(
                        "ok       settings        can be used",
                        "warning  topics.metrics  is \"odd\".",
                        "                         -> Mend it.",
                        "problem  ACLs            Write is not allowed.",
                        "                         -> Allow it.",
                        "",
                        "Problems: 1, warnings: 1. The job cannot run.");
    }

    @Test
    void json_isOneObjectInOneLine() throws Exception {
        String text = PreflightReport.json(FINDINGS);
        assertThat(text).doesNotContain("\n");
        JsonNode report = new ObjectMapper().readTree(text);
        assertThat(report.path("ok").booleanValue()).isFalse();
        assertThat(report.path("problems").intValue()).isEqualTo(1);
        assertThat(report.path("warnings").intValue()).isEqualTo(1);
        assertThat(report.path("checks")).hasSize(3);
        assertThat(report.path("checks").get(1))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        "{\"outcome\":\"warning\",\"subject\":\"topics.metrics\",\"message\":\"is \\\"odd\\\".\",\"remedy\":\"Mend it.\"}"));
    }

    @Test
    void warningsAlone_letTheJobRun() throws Exception {
        assertThat(PreflightReport.text(FINDINGS.subList(0, 2))).contains("The job can run.");
        assertThat(new ObjectMapper()
                        .readTree(PreflightReport.json(FINDINGS.subList(0, 2)))
                        .path("ok")
                        .booleanValue())
                .isTrue();
    }
}
