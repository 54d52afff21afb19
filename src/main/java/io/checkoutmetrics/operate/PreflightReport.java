package io.checkoutmetrics.operate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The findings of a preflight, for people and for programs. */
public final class PreflightReport {
    private static final JsonMapper JSON = new JsonMapper();

    private PreflightReport() {}

    /** A line for every check, with its remedy in a line below; the sum last. Each line with a line end. */
    public static String text(List<Finding> findings) {
        int subjects = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s %-" + Math.max(1, subjects) + "s  %s%n",
                    word(finding),
                    finding.subject(),
                    finding.message()));
            if (!finding.remedy().isEmpty()) {
                text.append(" ".repeat(11 + subjects))
                        .append("-> ")
                        .append(finding.remedy())
                        .append(System.lineSeparator());
            }
        }
        return text + System.lineSeparator() + sum(findings) + System.lineSeparator();
    }

    /** One object: {@code ok}, the number of {@code problems} and {@code warnings}, and all {@code checks}. */
    public static String json(List<Finding> findings) {
        ObjectNode report = JSON.createObjectNode();
        report.put("ok", findings.stream().noneMatch(Finding::isProblem));
        report.put("problems", count(findings, Finding.Outcome.PROBLEM));
        report.put("warnings", count(findings, Finding.Outcome.WARNING));
        ArrayNode checks = report.putArray("checks");
        findings.forEach(finding -> checks.addObject()
                .put("outcome", word(finding))
                .put("subject", finding.subject())
                .put("message", finding.message())
                .put("remedy", finding.remedy()));
        return report.toString();
    }

    private static String sum(List<Finding> findings) {
        long problems = count(findings, Finding.Outcome.PROBLEM);
        long warnings = count(findings, Finding.Outcome.WARNING);
        return "Problems: " + problems + ", warnings: " + warnings + ". The job " + (problems == 0 ? "can" : "cannot")
                + " run.";
    }

    private static long count(List<Finding> findings, Finding.Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome).count();
    }

    private static String word(Finding finding) {
        return finding.outcome().name().toLowerCase(Locale.ROOT);
    }
}
