package io.checkoutmetrics.oracle;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the output of {@code replay} against the hits that went in:
 *
 * <pre>{@code
 * java -jar target/checkout-metrics.jar replay --format jsonl hits.jsonl > finals.jsonl
 * mvn -q test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath
 * java -cp target/test-classes:target/classes:$(cat target/test-classpath) io.checkoutmetrics.oracle.Oracle \
 *     hits.jsonl finals.jsonl grace=10m dimensions=country,campaign
 * }</pre>
 *
 * The settings are those that {@code replay} was given by {@code --set}, as far as they decide what is counted ({@link
 * Rules}). Prints {@code 0 differences over N intervals} or every difference; what must have become of the hits goes to
 * standard error. Exit code: 0 no difference, 1 differences, 2 wrong usage. {@link Timelines} makes hits to check with.
 */
public final class Oracle {
    private Oracle() {}

    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        System.out.flush();
        System.exit(code);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length < 2) {
            err.println("usage: Oracle hits.jsonl finals.jsonl [setting=value ...]");
            return 2;
        }
        try {
            Rules rules = rules(List.of(args).subList(2, args.length));
            Recount.Finals expected = Recount.finals(JsonLines.hits(Path.of(args[0])), rules);
            var actual = JsonLines.objects(Files.readAllLines(Path.of(args[1]), StandardCharsets.UTF_8));
            List<String> differences = Audit.compare(expected.intervals(), actual);
            differences.forEach(out::println);
            out.println(differences.size() + " differences over "
                    + expected.intervals().size() + " intervals");
            expected.outcomes().forEach((outcome, hits) -> err.println(outcome.counter() + " " + hits));
            expected.notes().forEach((note, hits) -> err.println(note + " " + hits));
            return differences.isEmpty() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rules rules(List<String> settings) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            rules.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return Rules.of(rules);
    }
}
