package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventListTest {
    private final EventList list = EventList.of(HitRules.defaults());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ",,,",
                " ",
                "event11",
                "scCheckoutX",
                "xscCheckout",
                "scCheckou",
                "sc",
                "scOpen,scAdd,scView",
                "purchase=1:scCheckout",
                "event1:scCheckout",
                "event1=scCheckout",
                "scCheckout =1",
                "scCheckout\u0000",
                "scCheckout\n",
                "\nscCheckout",
                "sc Checkout",
                "scCheckout;scCheckout",
                "\u00a0scCheckout",
            })
    void anotherName_isNoCheckout(String events) {
        assertThat(list.read(events).items()).isEmpty();
        assertThat(scan(events)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scCheckout",
                " scCheckout\t",
                "event1,scCheckout,event2",
                "scCheckout,",
                ",scCheckout",
                "event1=2:A, scCheckout ,x",
                "scCheckout=1"
            })
    void exactNameAnywhere_isOneIncrement(String events) {
        assertThat(list.read(events).items()).containsExactly(new Item("scCheckout", null, 1));
        assertThat(scan(events)).isEqualTo(EventList.QUALIFIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sccheckout", "SCCHECKOUT", "event1, ScCheckout=2:A", "scCheckouT:"})
    void nameInAnotherCase_isNearMiss_andNoCheckout(String events) {
        assertThat(list.read(events).items()).isEmpty();
        assertThat(list.read(events).nearMiss()).isTrue();
        assertThat(scan(events)).isEqualTo(EventList.NEAR_MISS);
    }

    @Test
    void nameThatQualifiesInBothCases_isNoNearMiss() {
        EventList both = EventList.of(HitRules.defaults().withCheckoutEvents(Set.of("event11", "Event11")));

        assertThat(both.read("event11,Event11,EVENT11").items())
                .extracting(Item::event)
                .containsExactly("event11", "Event11");
        assertThat(both.read("event11,Event11").nearMiss()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"=1,1", "=3,3", "=007,7", "=1000000,1000000", "=00000000000000000000000000000001,1"})
    void value_isTheIncrement(String suffix, long increment) {
        assertThat(list.read("scCheckout" + suffix).items()).containsExactly(new Item("scCheckout", null, increment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=0", "=000", "=0:ABC", "=0:"})
    void valueZero_omitsTheEvent(String suffix) {
        EventList.Findings found = list.read("scCheckout" + suffix);

        assertThat(found.items()).isEmpty();
        assertThat(found.invalidValueOf()).isNull();
        assertThat(found.invalidEventIds()).isZero();
        assertThat(scan("scCheckout" + suffix)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=",
                "=:A",
                "=-1",
                "=+1",
                "=1.5",
                "=1e9",
                "=abc",
                "= 1",
                "=1=1",
                "=1000001",
                "=99999999999999999999999",
                "=9223372036854775808",
                "=18446744073709551617",
                "=\u0661"
            })
    void anyOtherValue_isInvalid_andOmitsTheEvent(String suffix) {
        EventList.Findings found = list.read("scCheckout" + suffix);

        assertThat(found.items()).isEmpty();
        assertThat(found.invalidValueOf()).isEqualTo("scCheckout");
        assertThat(scan("scCheckout" + suffix)).isEqualTo(EventList.QUALIFIES);
    }

    @Test
    void singleDigitAboveTheLargestIncrement_isInvalid() {
        EventList upToFive = EventList.of(HitRules.defaults().withMaxIncrement(5));

        assertThat(upToFive.read("scCheckout=5").items()).hasSize(1);
        assertThat(upToFive.read("scCheckout=6").invalidValueOf()).isEqualTo("scCheckout");
        assertThat(upToFive.read("scCheckout=9").invalidValueOf()).isEqualTo("scCheckout");
        assertThat(upToFive.read("scCheckout=10").invalidValueOf()).isEqualTo("scCheckout");
    }

    @ParameterizedTest
    @CsvSource({
        ":ABC123,1,ABC123",
        "=2:ABC123,2,ABC123",
        ":a,1,a",
        ":12345678901234567890,1,12345678901234567890",
        ":12345678901234567890X,1,12345678901234567890",
        ":12345678901234567890-!,1,12345678901234567890"
    })
    void eventId_isItsFirst20Bytes(String suffix, long value, String id) {
        EventList.Findings found = list.read("scCheckout" + suffix);

        assertThat(found.items()).containsExactly(new Item("scCheckout", id, value));
        assertThat(found.invalidEventIds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "=1:", ":A-B", ":ABC123=2", ":A B", ":A:B", ":\u00e9", ": A", ":1234567890123456789-"})
    void invalidEventId_isCountedWithoutId(String suffix) {
        EventList.Findings found = list.read("scCheckout" + suffix);

        assertThat(found.items()).containsExactly(new Item("scCheckout", null, 1));
        assertThat(found.invalidEventIds()).isEqualTo(1);
    }

    @Test
    void repeats_areItemsOfTheirOwn() {
        EventList two = EventList.of(HitRules.defaults().withCheckoutEvents(Set.of("scCheckout", "event11")));

        assertThat(two.read("scCheckout:A,scCheckout=5:A,scCheckout:B,event11:A,scCheckout,scCheckout")
                        .items())
                .containsExactly(
                        new Item("scCheckout", "A", 1),
                        new Item("scCheckout", "A", 5),
                        new Item("scCheckout", "B", 1),
                        new Item("event11", "A", 1),
                        new Item("scCheckout", null, 1),
                        new Item("scCheckout", null, 1));
    }

    private int scan(String events) {
        byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
        return list.scan(bytes, 0, bytes.length);
    }
}
