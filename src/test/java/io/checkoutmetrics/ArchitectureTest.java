package io.checkoutmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package may know which: the text below is the list, and there are no other arrows. */
class ArchitectureTest {
    private static final String ARROWS = """
            hit      ->
            window   ->
            alarm    ->
            visitor  ->
            metric   -> avro, window
            registry -> avro
            config   -> hit, window, registry
            stream   -> avro, hit, window, visitor, metric, registry, config, alarm
            feed     -> avro, hit
            embedded -> registry
            sorted   ->
            reconcile -> avro, hit, window, metric, registry, config, stream, feed, sorted, terminal
            operate  -> avro, hit, stream, metric, registry, config
            terminal -> avro, metric, subscriber
            subscriber -> avro, metric, registry, config, operate
            page     -> avro, metric, window, registry, config, subscriber, http
            traffic  -> avro, feed
            http     -> config
            cli      -> avro, metric, registry, config, stream, feed, embedded, operate, terminal, traffic, subscriber, page, http, sorted, reconcile
            """;

    private static final String ROOT = "io.checkoutmetrics";

    private final JavaClasses job = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesKnowOnlyWhatTheArrowsSay() {
        Map<String, Set<String>> allowed = new TreeMap<>();
        ARROWS.lines()
                .map(line -> line.split("->", -1))
                .forEach(arrow -> allowed.put(
                        arrow[0].trim(),
                        Arrays.stream(arrow[1].split(","))
                                .map(String::trim)
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toCollection(TreeSet::new))));
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass one : job) {
            String from = packageOf(one);
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(ArchitectureTest::packageOf)
                    .filter(to -> !to.equals(from))
                    .forEach(to ->
                            found.computeIfAbsent(from, none -> new TreeSet<>()).add(to));
        }
        found.remove("avro");
        assertThat(found.keySet()).isSubsetOf(allowed.keySet());
        found.forEach((from, to) ->
                assertThat(allowed.get(from)).as(from + " may know").containsAll(to));
    }

    @Test
    void packagesFormNoCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(job);
    }

    @Test
    void hitAndWindow_knowNothingOfKafka() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".hit..", ROOT + ".window..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are Kafka's", target -> target.getPackageName().startsWith("org.apache.kafka")))
                .check(job);
    }

    @Test
    void running_needsNoBrokerOfItsOwn() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".operate..", ROOT + ".stream..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".embedded..", "kafka..")
                .check(job);
    }

    private static String packageOf(JavaClass one) {
        String inside =
                one.getPackageName().substring(Math.min(one.getPackageName().length(), ROOT.length() + 1));
        int dot = inside.indexOf('.');
        return dot < 0 ? inside : inside.substring(0, dot);
    }
}
