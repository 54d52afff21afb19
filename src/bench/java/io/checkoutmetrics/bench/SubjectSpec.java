package io.checkoutmetrics.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A subject and its settings as written in an argument: {@code job:windows=1m/1s,1h/1m;dimensions=country}. The
 * settings {@code label} (its name in reports), {@code hits} (how many to drain, of the workload's beginning) and
 * {@code jvm} (flags instead of the common ones, separated by blanks) are the benchmark's; all others are the
 * subject's.
 *
 * @param text as written
 */
record SubjectSpec(String text, String name, Map<String, String> settings) {
    private static final String LABEL = "label";
    private static final String HITS = "hits";
    private static final String JVM = "jvm";

    static SubjectSpec parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new SubjectSpec(text, text, Map.of());
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : text.substring(colon + 1).split(";", -1)) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + setting + "\" is no setting. Write name=value.");
            }
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new SubjectSpec(text, text.substring(0, colon), settings);
    }

    /** What reports call it. */
    String label() {
        return settings.getOrDefault(LABEL, text);
    }

    /** How many hits it drains. @param all of the workload */
    long hits(long all) {
        return Math.min(all, Long.parseLong(settings.getOrDefault(HITS, Long.toString(all))));
    }

    String jvm(String common) {
        return settings.getOrDefault(JVM, common);
    }

    /** The subject's own. */
    Map<String, String> ownSettings() {
        Map<String, String> own = new LinkedHashMap<>(settings);
        own.remove(LABEL);
        own.remove(HITS);
        own.remove(JVM);
        return own;
    }

    /** With a setting of its own, if it has not said anything about it. */
    SubjectSpec with(String setting, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.putIfAbsent(setting, value);
        return new SubjectSpec(text, name, more);
    }

    /** Fit to be part of a file's or topic's name. */
    String slug() {
        String slug = label().replaceAll("[^A-Za-z0-9.]+", "_");
        return slug.length() <= 60 ? slug : slug.substring(0, 60);
    }
}
