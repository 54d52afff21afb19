package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Holds the scanner on bytes to a reference that splits strings and knows nothing of speed. */
class EventListAgainstReferenceTest {
    static final Set<String> EVENTS = Set.of("scCheckout", "event11", "go!");
    static final long MAX = 250;

    private final EventList list =
            EventList.of(HitRules.defaults().withCheckoutEvents(EVENTS).withMaxIncrement(MAX));

    @Property(tries = 20_000)
    void findsWhatTheReferenceFinds(@ForAll("eventStrings") String events) {
        assertThat(list.read(events)).isEqualTo(reference(events));
    }

    @Property(tries = 20_000)
    void scanTellsWhetherThereIsAnythingToRead_wherever(@ForAll("eventStrings") String events) {
        EventList.Findings found = list.read(events);
        boolean qualifies = !found.items().isEmpty() || found.invalidValueOf() != null;
        int expected = (qualifies ? EventList.QUALIFIES : 0) | (found.nearMiss() ? EventList.NEAR_MISS : 0);
        byte[] bytes = ("scCheckout," + events + ":X").getBytes(StandardCharsets.UTF_8);

        assertThat(list.scan(bytes, 11, bytes.length - 2)).isEqualTo(expected);
    }

    @Property
    void anyBytes_areReadWithoutException(@ForAll @Size(max = 60) byte[] bytes) {
        list.scan(bytes, 0, bytes.length);
        list.read(bytes, 0, bytes.length);
    }

    @Provide
    Arbitrary<String> eventStrings() {
        Arbitrary<String> piece = Arbitraries.of(
                "scCheckout",
                "scCheckout",
                "event11",
                "go!",
                "SCcheckout",
                "Event11",
                "purchase",
                "event1",
                "sc",
                "",
                "=",
                "=",
                ":",
                ":",
                " ",
                "\t",
                "0",
                "1",
                "7",
                "250",
                "251",
                "-1",
                "1.0",
                "99999999999999999999",
                "A1",
                "a1",
                "A1",
                "12345678901234567890",
                "x y",
                "\u00e9",
                "\ud83d\uded2",
                "\u0000",
                "\n",
                ";");
        Arbitrary<String> item = piece.list().ofMaxSize(6).map(pieces -> String.join("", pieces));
        Arbitrary<String> likely = Arbitraries.of(
                "scCheckout", "scCheckout:A", "scCheckout=2:A", "scCheckout=3:B", "event11:A", "event11=0", "go!=7");
        return Arbitraries.frequencyOf(Tuple.of(3, item), Tuple.of(2, likely))
                .list()
                .ofMaxSize(7)
                .map(items -> String.join(",", items));
    }

    static EventList.Findings reference(String events) {
        List<Item> items = new ArrayList<>();
        int invalidIds = 0;
        boolean nearMiss = false;
        String invalidValueOf = null;
        for (String raw : events.split(",", -1)) {
            String item = raw.replaceAll("^[ \t]+|[ \t]+$", "");
            String name = item.split("[=:]", 2)[0];
            if (!EVENTS.contains(name)) {
                nearMiss |= EVENTS.stream().anyMatch(event -> event.equalsIgnoreCase(name));
                continue;
            }
            String rest = item.substring(name.length());
            String value = rest.startsWith("=") ? rest.substring(1).split(":", 2)[0] : "1";
            String id = rest.contains(":") ? rest.split(":", 2)[1] : null;
            if (!value.matches("[0-9]+") || new BigInteger(value).bitLength() > 40 || Long.parseLong(value) > MAX) {
                invalidValueOf = invalidValueOf == null ? name : invalidValueOf;
            } else if (Long.parseLong(value) > 0) {
                String valid = validId(id);
                invalidIds += id != null && valid == null ? 1 : 0;
                items.add(new Item(name, valid, Long.parseLong(value)));
            }
        }
        return new EventList.Findings(items, invalidIds, nearMiss, invalidValueOf);
    }

    private static @Nullable String validId(@Nullable String id) {
        if (id == null) {
            return null;
        }
        String first = id.codePoints().limit(20).mapToObj(Character::toString).collect(Collectors.joining());
        return Stream.of(first)
                .filter(taken -> taken.matches("[A-Za-z0-9]{1,20}"))
                .findFirst()
                .orElse(null);
    }
}
