package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.operate.TopologyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "topology",
        description = "Prints the job's topology, its topics and stores, and the ACLs it needs.",
        mixinStandardHelpOptions = true)
final class TopologyCommand implements Callable<Integer> {
    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() {
        talk.little();
        Settings settings = settingsOptions.read();
        System.out.print(TopologyReport.of(settings));
        return 0;
    }
}
