package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.HitRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Whether a producer's schema, which can be read, has the fields that the settings ask for. It reads no hit otherwise than the
 * job: a field is found by the name that {@code fields.*} gives, else by our own, else by an alias.
 */
final class HitSchemaCheck {
    private static final String PRODUCTS = "products";
    private static final String VISITOR = "visitorId";
    private static final String VISIT = "visitId";

    private final Settings settings;
    private final HitRules rules;
    private final Schema schema;
    private final String lacks;
    private final List<Finding> findings = new ArrayList<>();

    private HitSchemaCheck(String subject, Schema schema, Settings settings) {
        this.schema = schema;
        this.settings = settings;
        this.rules = settings.hits();
        this.lacks = "the latest schema of " + subject + " has no field ";
    }

    /** A warning for each setting that would do nothing, or something else than one may think. */
    static List<Finding> warnings(String subject, Schema schema, Settings settings) {
        HitSchemaCheck check = new HitSchemaCheck(subject, schema, settings);
        check.dimensions();
        check.ownProducts(subject);
        check.cart();
        check.visitors();
        check.duplicates();
        return check.findings;
    }

    private void dimensions() {
        List<String> lacking = rules.dimensions().stream()
                .map(rules::fieldOf)
                .distinct()
                .filter(field -> !has(field))
                .toList();
        if (!lacking.isEmpty()) {
            warn(
                    "dimensions",
                    lacks + String.join(", ", lacking) + ": all its checkouts count under (none).",
                    "Correct dimensions, or say with fields.<name> what the producer calls it.");
        }
    }

    /** Who has named either of the two fields has made a choice. */
    private void ownProducts(String subject) {
        if (rules.fields().containsKey(PRODUCTS)) {
            return;
        }
        rules.dimensions().stream()
                .filter(name -> rules.fieldOf(name).equals(PRODUCTS) && !name.equals(PRODUCTS) && has(name))
                .forEach(name -> warn(
                        "dimensions",
                        "the latest schema of " + subject + " has a field " + name + ", which is not read: " + name
                                + " is found in the field products, as Adobe writes it.",
                        "If the field " + name + " is meant, set fields." + name + "=" + name
                                + ", else fields.products=products."));
    }

    private void cart() {
        if (rules.cartValue() && !has(PRODUCTS)) {
            warn(
                    "cart.value",
                    lacks + PRODUCTS + ": the carts of all its checkouts are worth 0.",
                    "Say with fields.products what the producer calls it, or set cart.value=false.");
        }
    }

    /** With one of the two the setting does something; the other number is null, as it has to be. */
    private void visitors() {
        if (settings.visitors() && !has(VISITOR) && !has(VISIT)) {
            warn(
                    "visitors",
                    lacks + VISITOR + ", " + VISIT + ": nobody knows who made its checkouts.",
                    "Say with fields.visitorId what the producer calls it, or set visitors=false.");
        }
    }

    private void duplicates() {
        boolean isByVisit = Stream.concat(
                        Stream.of(settings.deduplication().mode()),
                        settings.deduplication().modeBySuite().values().stream())
                .anyMatch(DedupMode.VISIT::equals);
        if (isByVisit && !has(VISIT)) {
            warn(
                    "dedup.mode",
                    lacks + VISIT + ": with mode visit all its checkouts count.",
                    "Say with fields.visitId what the producer calls it, or choose another mode.");
        }
    }

    private void warn(String setting, String message, String remedy) {
        findings.add(Finding.warning(setting, message, remedy));
    }

    private boolean has(String name) {
        String theirs = rules.fields().getOrDefault(name, name);
        return schema.getFields().stream()
                .anyMatch(field -> field.name().equals(theirs)
                        || field.name().equals(name)
                        || field.aliases().contains(name));
    }
}
