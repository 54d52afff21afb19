package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A job whose settings are in a file, and the commands that are told that file, each a process in that folder. */
record ConfiguredJob(Path folder, Path file) {

    /** Writes the settings into {@code job.properties}. @param more as {@code name=value}; they win */
    static ConfiguredJob in(Path folder, Map<String, String> settings, String... more) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(settings);
        for (String one : more) {
            int equals = one.indexOf('=');
            all.put(one.substring(0, equals), one.substring(equals + 1));
        }
        List<String> lines = new ArrayList<>();
        all.forEach((name, value) -> lines.add(name + "=" + value));
        return new ConfiguredJob(
                folder, Files.write(Files.createDirectories(folder).resolve("job.properties"), lines));
    }

    Settings settings() {
        return new SettingsSource().file(file).read();
    }

    CommandProcess run(String... more) {
        return command("run", more);
    }

    CommandProcess command(String name, String... more) {
        return CommandProcess.start(
                folder,
                Stream.concat(Stream.of(name, "--config", file.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }
}
