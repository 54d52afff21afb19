package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.fuzz.Campaign;
import io.checkoutmetrics.fuzz.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events strings of any bytes: read without exception, and as the reference reads them where they are text. */
class EventListFuzzTest {
    private static final List<byte[]> PIECES = Stream.of(
                    "scCheckout",
                    "scCheckout",
                    "event11",
                    "go!",
                    "SCcheckout",
                    "purchase",
                    "sc",
                    "=",
                    ":",
                    ",",
                    ",",
                    " ",
                    "\t",
                    "0",
                    "1",
                    "250",
                    "251",
                    "-1",
                    "1.0",
                    "99999999999999999999",
                    "A1",
                    "12345678901234567890",
                    "\u00e9",
                    "\ud83d\uded2",
                    "\u0000",
                    "\n",
                    ";",
                    "=2:",
                    ":A=")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final EventList list = EventList.of(HitRules.defaults()
            .withCheckoutEvents(EventListAgainstReferenceTest.EVENTS)
            .withMaxIncrement(EventListAgainstReferenceTest.MAX));

    @Test
    void anyEventsString_isReadAsTheReferenceReadsIt() {
        Campaign.run("events", 20_000, 0.24, 64 << 20, this::oneList);
    }

    private String oneList(Random random) {
        byte[] bytes = tokens(random).broken(random, tokens(random), PIECES);
        int scanned = list.scan(bytes, 0, bytes.length);
        if (!Utf8.isValid(bytes, 0, bytes.length)) {
            list.read(bytes, 0, bytes.length);
            return "not UTF-8";
        }
        EventList.Findings found = list.read(bytes, 0, bytes.length);
        assertThat(found).isEqualTo(EventListAgainstReferenceTest.reference(new String(bytes, StandardCharsets.UTF_8)));
        boolean qualifies = !found.items().isEmpty() || found.invalidValueOf() != null;
        assertThat((scanned & EventList.QUALIFIES) != 0).isEqualTo(qualifies);
        return qualifies ? "qualifies" : "does not";
    }

    private static Tokens tokens(Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            pieces.add(PIECES.get(random.nextInt(PIECES.size())));
        }
        return Tokens.of(pieces);
    }
}
