package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings from the command line: a file, and single settings over it. */
final class SettingsOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Properties file with the settings.")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting, over the file's and the environment's. May be repeated.")
    List<String> assignments = new ArrayList<>();

    Settings read() {
        return source(true).read();
    }

    /**
     * The settings' source, for commands that have a last word in some; those that bring their own Kafka ignore the
     * environment.
     */
    SettingsSource source(boolean withEnvironment) {
        SettingsSource source = new SettingsSource();
        if (config != null) {
            source.file(config);
        }
        if (withEnvironment) {
            source.environment(System.getenv());
        }
        assignments.forEach(source::assignment);
        return source;
    }
}
