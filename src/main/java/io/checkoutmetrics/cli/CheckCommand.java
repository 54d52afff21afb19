package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.operate.Finding;
import io.checkoutmetrics.operate.JobException;
import io.checkoutmetrics.operate.Preflight;
import io.checkoutmetrics.operate.PreflightReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "Looks whether the job can run: settings, brokers, topics, offsets, ACLs, schema registry.",
            "Exit codes: 0 it can, 1 there are problems, 2 settings or usage are wrong."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final int PROBLEMS = 1;

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Option(names = "--create", description = "Create topics that are missing.")
    boolean create;

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() {
        talk.little();
        List<Finding> findings;
        try {
            Settings settings = settingsOptions.read();
            findings = Preflight.findings(settings, create);
        } catch (InvalidSettingsException e) {
            if (!json) {
                throw e;
            }
            print(e.problems().stream().map(CheckCommand::wrongSetting).toList());
            return Failures.WRONG_USAGE;
        } catch (JobException e) {
            findings = List.of(wrongSetting(String.valueOf(e.getMessage())));
        }
        print(findings);
        return findings.stream().anyMatch(Finding::isProblem) ? PROBLEMS : 0;
    }

    private void print(List<Finding> findings) {
        System.out.print(
                json ? PreflightReport.json(findings) + System.lineSeparator() : PreflightReport.text(findings));
        System.out.flush();
    }

    /** Lines begin with the setting's name. */
    private static Finding wrongSetting(String line) {
        int colon = line.indexOf(": ");
        return new Finding(
                Finding.Outcome.PROBLEM,
                colon < 0 ? "settings" : line.substring(0, colon),
                colon < 0 ? line : line.substring(colon + 2),
                "");
    }
}
