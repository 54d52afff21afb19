package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.Identity;
import io.checkoutmetrics.hit.Item;
import io.checkoutmetrics.hit.SomeCheckout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts, with everything of an event ID or visit under one key: as if each fact had a key of its own. */
class DuplicatesTest {
    private static final long SLACK = 10_000;
    private static final Settings.Deduplication SETTINGS = new SettingsSource()
            .set("dedup.event-id.retention", "30s")
            .set("dedup.visit.retention", "25s")
            .set("dedup.hit-id.retention", "20s")
            .set("dedup.mode.visits", "visit")
            .set("dedup.mode.always", "always")
            .read()
            .deduplication();

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("seen");
    private final Duplicates duplicates = new Duplicates(SETTINGS, new SeenIdentities(store, SLACK));

    private static Checkout checkout(
            String suite, List<Item> items, @Nullable String hitId, @Nullable String visitId, long recordTimeMs) {
        CheckoutHit hit =
                SomeCheckout.in(suite).items(items).hitId(hitId).visit(visitId).hit();
        return new Checkout(hit, recordTimeMs, recordTimeMs, 0, recordTimeMs);
    }

    /** One item with that event ID, which repeats, and one without, which always counts. */
    private static Checkout repeating(String eventId, String hitId, long recordTimeMs) {
        List<Item> items = List.of(new Item("scCheckout", eventId, 1), new Item("scCheckout", null, 1));
        return checkout("eu", items, hitId, null, recordTimeMs);
    }

    @Test
    void checkoutWithEventIdAndHitId_isOneEntry() {
        assertThat(duplicates.withoutSeen(repeating("A1", "h1", 100_000))).isPresent();
        assertThat(TestStores.keys(store)).hasSize(1);
        assertThat(duplicates.withoutSeen(repeating("A1", "h1", 119_999))).isEmpty();
        assertThat(duplicates.withoutSeen(repeating("A1", "h1", 120_000)))
                .hasValueSatisfying(fresh -> assertThat(fresh.items()).hasSize(1));
    }

    @Test
    void eventIdRepeatedWithoutEnd_neverMakesALargeEntry_andEachHitIsKnownWhenItComesAgain() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(duplicates.withoutSeen(repeating("A1", "hit" + i, 100))).isPresent();
            assertThat(duplicates.withoutSeen(repeating("A1", "hit" + i / 2, 100)))
                    .isEmpty();
        }
        assertThat(TestStores.keys(store))
                .hasSize(1_001 - Seen.MOST_HITS)
                .allSatisfy(key -> assertThat(store.get(key)).hasSizeLessThan(200));
    }

    @Test
    void hugeHitId_isNoPartOfWhatIsReadForItsEventId() {
        String huge = "x".repeat(100_000);
        assertThat(duplicates.withoutSeen(repeating("A1", huge, 100))).isPresent();
        assertThat(duplicates.withoutSeen(repeating("A1", huge, 101))).isEmpty();
        assertThat(TestStores.keys(store))
                .hasSize(2)
                .allSatisfy(key -> assertThat(store.get(key)).hasSizeLessThan(20));
    }

    /** Each fact for itself, never forgotten: the rule, without thought of space. */
    private static final class Rule {
        private final Map<String, Long> untilMs = new HashMap<>();

        private boolean isSeen(@Nullable String key, long timeMs) {
            return key != null && timeMs < untilMs.getOrDefault(key, 0L);
        }

        Optional<CheckoutHit> withoutSeen(Checkout checkout) {
            CheckoutHit hit = checkout.hit();
            DedupMode mode = SETTINGS.modeOf(hit.reportSuite());
            Identity identity = Identity.of(hit, mode);
            long timeMs = checkout.recordTimeMs();
            if (isSeen(identity.redelivery(), timeMs)) {
                return Optional.empty();
            }
            boolean primarySeen = isSeen(identity.primary(), timeMs);
            Optional<CheckoutHit> fresh = Identity.unseen(hit, mode, primarySeen);
            if (fresh.isPresent()) {
                untilMs.put(String.valueOf(identity.redelivery()), timeMs + 20_000);
            }
            if (!primarySeen) {
                untilMs.put(String.valueOf(identity.primary()), timeMs + (mode == DedupMode.VISIT ? 25_000 : 30_000));
            }
            return fresh;
        }
    }

    private record Step(Checkout checkout, int later, int earlier, int swept, boolean restart) {}

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Item> items = Combinators.combine(
                        Arbitraries.of("scCheckout", "event20"),
                        Arbitraries.of("A", "B").injectNull(0.4))
                .as((event, id) -> new Item(event, id, 1));
        Arbitrary<Checkout> checkouts = Combinators.combine(
                        Arbitraries.of("eu", "eu", "visits", "always"),
                        items.list().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.integers()
                                .between(1, 14)
                                .map(id -> "h" + id)
                                .injectNull(0.1),
                        Arbitraries.of("v1", "v2").injectNull(0.3))
                .as((suite, all, hitId, visitId) -> checkout(suite, all, hitId, visitId, 0));
        return Combinators.combine(
                        checkouts,
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(true, false, false))
                .as(Step::new);
    }

    @Property
    void oneEntryForAll_andSweeping_changeNoAnswer(@ForAll @Size(min = 20, max = 120) List<@From("steps") Step> steps) {
        Rule rule = new Rule();
        KeyValueStore<Bytes, byte[]> kept = TestStores.inMemory("seen");
        SeenIdentities seen = new SeenIdentities(kept, SLACK);
        Duplicates subject = new Duplicates(SETTINGS, seen);
        List<Optional<CheckoutHit>> expected = new ArrayList<>();
        List<Optional<CheckoutHit>> actual = new ArrayList<>();
        long newestMs = 100_000;
        for (Step step : steps) {
            newestMs += 1_000L * step.later;
            CheckoutHit hit = step.checkout.hit();
            Checkout one = checkout(
                    hit.reportSuite(), hit.items(), hit.hitId(), hit.visitId(), newestMs - 1_000L * step.earlier);
            expected.add(rule.withoutSeen(one));
            actual.add(subject.withoutSeen(one));
            seen.sweep(step.swept, newestMs);
            if (step.restart) {
                seen = new SeenIdentities(kept, SLACK);
                subject = new Duplicates(SETTINGS, seen);
            }
        }
        assertThat(actual).isEqualTo(expected);
    }
}
