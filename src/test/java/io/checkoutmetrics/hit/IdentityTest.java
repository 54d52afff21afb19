package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityTest {
    @Test
    void firstValidEventId_isThePrimaryKey() {
        CheckoutHit hit = hit("eu", "h1", "v1", item(null), item("B"), item("A"));

        assertThat(Identity.of(hit, DedupMode.EVENT_ID))
                .isEqualTo(new Identity("e2:eu10:scCheckoutB", "h2:eu2:h1e2:eu10:scCheckoutB"));
    }

    @Test
    void checkoutWithoutEventId_goesByItsHitId() {
        Identity identity = Identity.of(hit("eu", "h1", "v1", item(null)), DedupMode.EVENT_ID);

        assertThat(identity.primary()).isNull();
        assertThat(identity.shardKey()).isEqualTo("h2:eu2:h1");
    }

    @Test
    void modeVisit_goesByTheVisit_andWithoutOneByTheHitId() {
        assertThat(Identity.of(hit("eu", "h1", "v1", item("A")), DedupMode.VISIT)
                        .shardKey())
                .isEqualTo("v2:euv1");
        assertThat(Identity.of(hit("eu", "h1", null, item("A")), DedupMode.VISIT)
                        .shardKey())
                .isEqualTo("h2:eu2:h1");
    }

    @Test
    void modeAlways_goesByTheHitIdAlone() {
        assertThat(Identity.of(hit("eu", "h1", "v1", item("A")), DedupMode.ALWAYS))
                .isEqualTo(new Identity(null, "h2:eu2:h1"));
    }

    @Test
    void checkoutWithoutAnyId_hasNoKey() {
        assertThat(Identity.of(hit("eu", null, null, item(null)), DedupMode.VISIT)
                        .shardKey())
                .isNull();
    }

    @Test
    void keysOfDifferentSuitesAndKinds_differ() {
        assertThat(Identity.of(hit("eu1", "2", null, item(null)), DedupMode.ALWAYS)
                        .shardKey())
                .isNotEqualTo(Identity.of(hit("eu", "12", null, item(null)), DedupMode.ALWAYS)
                        .shardKey());
        assertThat(Identity.of(hit("eu", null, "x", item(null)), DedupMode.VISIT)
                        .shardKey())
                .isNotEqualTo(Identity.of(hit("eu", "x", null, item(null)), DedupMode.VISIT)
                        .shardKey());
        assertThat(Identity.of(hit("2:eu", "x", null, item(null)), DedupMode.ALWAYS)
                        .shardKey())
                .isNotEqualTo(Identity.of(hit("eu", "2:eux", null, item(null)), DedupMode.ALWAYS)
                        .shardKey());
    }

    @Test
    void itemsWithAnotherIdOrNone_remainOfADuplicate() {
        CheckoutHit hit = hit("eu", "h1", "v1", item("A"), item("B"), item(null));

        assertThat(Identity.unseen(hit, DedupMode.EVENT_ID, true))
                .hasValueSatisfying(rest -> assertThat(rest.items()).containsExactly(item("B"), item(null)));
    }

    @Test
    void nothingRemains_ofADuplicateWithOneId_orOfASeenVisit() {
        assertThat(Identity.unseen(hit("eu", "h1", "v1", item("A")), DedupMode.EVENT_ID, true))
                .isEmpty();
        assertThat(Identity.unseen(hit("eu", "h1", "v1", item("A"), item("B")), DedupMode.VISIT, true))
                .isEmpty();
    }

    @Test
    void repeatsInOneHit_countOnceByEventId_andEachTimeInOtherModes() {
        CheckoutHit hit = hit("eu", "h1", "v1", item("A"), item("A"), item(null), item(null));

        assertThat(Identity.unseen(hit, DedupMode.EVENT_ID, false))
                .hasValueSatisfying(
                        fresh -> assertThat(fresh.items()).containsExactly(item("A"), item(null), item(null)));
        assertThat(Identity.unseen(hit, DedupMode.ALWAYS, false)).contains(hit);
        assertThat(Identity.unseen(hit, DedupMode.VISIT, false)).contains(hit);
    }

    @Test
    void modeIsKnownByItsText() {
        for (DedupMode mode : DedupMode.values()) {
            assertThat(DedupMode.ofText(mode.text())).isEqualTo(mode);
        }
    }

    private static Item item(@Nullable String id) {
        return new Item("scCheckout", id, 1);
    }

    private static CheckoutHit hit(String suite, @Nullable String hitId, @Nullable String visitId, Item... items) {
        return SomeCheckout.in(suite)
                .items(List.of(items))
                .hitId(hitId)
                .visitor("visitor")
                .visit(visitId)
                .hit();
    }
}
