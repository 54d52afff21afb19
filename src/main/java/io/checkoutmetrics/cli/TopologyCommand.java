package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.operate.TopologyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "topology",
        description = "Prints the job's topology, its topics and stores, and the ACLs it needs.",
        mixinStandardHelpOptions = true)
final class TopologyCommand implements Callable<Integer> {
    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Option(names = "--mermaid", description = "Only the picture, as a flow chart for Mermaid.")
    boolean mermaid;

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() {
        talk.little();
        Settings settings = settingsOptions.read();
        System.out.print(mermaid ? TopologyReport.mermaid(settings) : TopologyReport.of(settings));
        return 0;
    }
}
