package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.SettingsSource;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class HitSchemaCheckTest {
    private static final Schema BARE = withFields();

    @Test
    void schemaOfOurs_hasAllThatAnySettingAsksFor() {
        assertThat(warnings(
                        Hit.getClassSchema(),
                        "dimensions=country,currency,product,category,dimensions.eVar5",
                        "cart.value=true",
                        "visitors=true",
                        "dedup.mode=visit"))
                .isEmpty();
    }

    @Test
    void schemaWithLittle_isEnough_whereNothingElseIsAskedFor() {
        assertThat(warnings(BARE, "dimensions=")).isEmpty();
    }

    @Test
    void fieldOfTheHitsOwn_thatProductsHide_isTold_unlessTheSettingsNameOneOfTheTwo() {
        Schema both = withFields("product", "products");
        assertThat(warnings(both, "dimensions=product"))
                .singleElement()
                .asString()
                .startsWith("dimensions: the latest schema of hits-value has a field product, which is not read")
                .endsWith("set fields.product=product, else fields.products=products.");
        assertThat(warnings(both, "dimensions=product", "fields.product=product"))
                .isEmpty();
        assertThat(warnings(both, "dimensions=product", "fields.products=products"))
                .isEmpty();
        assertThat(warnings(both, "dimensions=category")).isEmpty();
        assertThat(warnings(both, "dimensions=products")).isEmpty();
    }

    @Test
    void ownField_withoutProducts_isToldBesideWhatIsLacking() {
        assertThat(warnings(withFields("category"), "dimensions=category"))
                .hasSize(2)
                .anyMatch(line -> line.contains("has no field products: all its checkouts count under (none)"))
                .anyMatch(line -> line.contains("has a field category, which is not read"));
    }

    @Test
    void valueOfCarts_withoutProducts_isTold_whateverTheProducerMayCallThem() {
        Schema renamed = withFields("currency", "post_product_list");
        assertThat(warnings(renamed, "dimensions=currency", "cart.value=true"))
                .singleElement()
                .asString()
                .startsWith("cart.value: the latest schema of hits-value has no field products: the carts of all");
        assertThat(warnings(renamed, "dimensions=currency", "cart.value=true", "fields.products=post_product_list"))
                .isEmpty();
        assertThat(warnings(renamed, "dimensions=currency")).isEmpty();
    }

    @Test
    void visitors_areToldOnlyWhereNeitherVisitorNorVisitIsThere() {
        assertThat(warnings(BARE, "dimensions=", "visitors=true"))
                .singleElement()
                .asString()
                .startsWith("visitors: the latest schema of hits-value has no field visitorId, visitId: ");
        assertThat(warnings(withFields("visitId"), "dimensions=", "visitors=true"))
                .isEmpty();
    }

    @Test
    void oncePerVisit_withoutVisits_isTold_ofOneReportSuiteToo() {
        assertThat(warnings(BARE, "dimensions=", "dedup.mode=visit"))
                .singleElement()
                .asString()
                .startsWith("dedup.mode: the latest schema of hits-value has no field visitId: ");
        assertThat(warnings(BARE, "dimensions=", "dedup.mode.eu=visit")).hasSize(1);
        assertThat(warnings(withFields("visitId"), "dimensions=", "dedup.mode=visit"))
                .isEmpty();
    }

    private static List<String> warnings(Schema schema, String... assignments) {
        SettingsSource source = new SettingsSource();
        List.of(assignments).forEach(source::assignment);
        return HitSchemaCheck.warnings("hits-value", schema, source.read()).stream()
                .map(Finding::line)
                .toList();
    }

    private static Schema withFields(String... names) {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Hit")
                .fields()
                .requiredString("reportSuite")
                .requiredString("events");
        for (String name : names) {
            fields = fields.optionalString(name);
        }
        return fields.endRecord();
    }
}
