package io.checkoutmetrics.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What figures hold for: the machine, and the versions of what was measured. */
final class Machine {
    private static final String[] ARTIFACTS = {
        "kafka-streams",
        "kafka-clients",
        "kafka_2.13",
        "rocksdbjni",
        "flink-streaming-java",
        "flink-connector-kafka",
        "hazelcast",
        "hazelcast-jet-kafka"
    };

    private Machine() {}

    static Map<String, String> description() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, "
                        + first("/proc/cpuinfo", "model name\\s*:\\s*(.*)") + ", " + gigabytes() + " GB");
        lines.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        lines.put("load average at the start", first("/proc/loadavg", "^(\\S+ \\S+ \\S+)"));
        lines.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        lines.put("commit", commit());
        StringBuilder versions = new StringBuilder();
        for (String artifact : ARTIFACTS) {
            Matcher version = Pattern.compile(Pattern.quote(artifact) + "-([0-9][^/]*)\\.jar")
                    .matcher(System.getProperty("java.class.path"));
            if (version.find()) {
                versions.append(versions.isEmpty() ? "" : ", ")
                        .append(artifact)
                        .append(' ')
                        .append(version.group(1));
            }
        }
        lines.put("versions", versions.toString());
        return lines;
    }

    private static long gigabytes() {
        String kilobytes = first("/proc/meminfo", "MemTotal:\\s*(\\d+) kB");
        return kilobytes.isEmpty() ? 0 : Math.round(Long.parseLong(kilobytes) / 1048576.0);
    }

    private static String first(String file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
            return matcher.find() ? matcher.group(1) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? answer : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
