package io.checkoutmetrics.operate;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.HitReader;
import io.checkoutmetrics.hit.UnusableSchemaException;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Whether the schema registry answers, takes the output's schemas and has one for hits that can be read. Subjects are
 * named after their topics, {@code hits-value}.
 */
final class RegistryCheck {
    private static final String SUBJECT = "schema.registry.url";
    private static final String SCHEMAS = "schemas";

    private final RegistryClient registry;
    private final Settings settings;

    RegistryCheck(RegistryClient registry, Settings settings) {
        this.registry = registry;
        this.settings = settings;
    }

    /** One finding at least, and if the registry answers one for each schema. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            registry.ping();
            findings.add(Finding.ok(SUBJECT, "a schema registry answers"));
            registry.clockAhead().flatMap(ClockGuard::finding).ifPresent(findings::add);
        } catch (RegistryException e) {
            findings.add(Finding.problem(SUBJECT, String.valueOf(e.getMessage()), ""));
            return findings;
        }
        Settings.Topics topics = settings.topics();
        findings.add(output(topics.metrics(), CheckoutMetrics.getClassSchema()));
        findings.add(output(topics.intervals(), CheckoutInterval.getClassSchema()));
        if (settings.alerts().on()) {
            findings.add(output(settings.alerts().topic(), CheckoutAlert.getClassSchema()));
        }
        findings.addAll(input(topics.input()));
        return findings;
    }

    private Finding output(String topic, Schema schema) {
        String subject = topic + "-value";
        try {
            List<String> conflicts = registry.conflicts(subject, schema.toString());
            if (!conflicts.isEmpty()) {
                return Finding.problem(
                        SCHEMAS,
                        subject + " has a schema that " + schema.getName() + " is not compatible with: "
                                + String.join("; ", conflicts),
                        "Publish to another topic, or let the registry take it by the subject's compatibility level.");
            }
            if (!registers()) {
                registry.idOf(subject, schema.toString());
            }
            return Finding.ok(SCHEMAS, subject + " takes " + schema.getName());
        } catch (RegistryException.UnknownSchema e) {
            return registers()
                    ? Finding.ok(SCHEMAS, subject + " is registered with the first record")
                    : Finding.problem(
                            SCHEMAS,
                            schema.getName() + " is not registered under " + subject + ".",
                            "Register avro/" + schema.getName() + ".avsc, or set auto.register.schemas=true.");
        } catch (RegistryException e) {
            return Finding.problem(SCHEMAS, String.valueOf(e.getMessage()), "");
        }
    }

    /** Whether what is not registered yet will be, or does not matter. */
    private boolean registers() {
        return !"false".equals(settings.registry().get("auto.register.schemas"))
                || "true".equals(settings.registry().get("use.latest.version"));
    }

    private List<Finding> input(String topic) {
        String subject = topic + "-value";
        try {
            Schema schema = HitReader.parseSchema(registry.latest(subject).schema());
            HitReader.of(schema, settings.hits());
            List<Finding> warnings = HitSchemaCheck.warnings(subject, schema, settings);
            return warnings.isEmpty() ? List.of(Finding.ok(SCHEMAS, subject + " can be read as hits")) : warnings;
        } catch (RegistryException.UnknownSchema e) {
            return List.of(Finding.ok(SCHEMAS, subject + " is not registered yet: no producer has written hits"));
        } catch (UnusableSchemaException e) {
            return List.of(Finding.problem(
                    SCHEMAS,
                    "hits with the latest schema of " + subject + " would all be dead letters: " + e.getMessage(),
                    ""));
        } catch (RegistryException e) {
            return List.of(Finding.problem(SCHEMAS, String.valueOf(e.getMessage()), ""));
        }
    }
}
