package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventItemTest {
    private static final Rules RULES = Rules.defaults();

    @Test
    void plainItem_isOneIncrementWithoutId() {
        assertThat(items("event1,scCheckout,prodView")).containsExactly(new EventItem("scCheckout", 1L, null, false));
    }

    @Test
    void blanksAroundAnItem_areIgnored() {
        assertThat(items("event1 , \tscCheckout=2:A \t,,"))
                .containsExactly(new EventItem("scCheckout", 2L, "A", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sccheckout",
                "scCheckoutX",
                "xscCheckout",
                "event11",
                "scCheckout =2",
                "\u00a0scCheckout",
                "scCheckout\u0000",
                "scCheckout\n",
                "event1:scCheckout",
                "scCheckout=0",
                "scCheckout=0:A1"
            })
    void whatIsNotExactlyTheName_orIsZero_doesNotQualify(String events) {
        assertThat(items(events)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "1.5", "1e9", "abc", "1000001", "99999999999999999999", " 2", "2=3", "+3", "\u0661"})
    void valueThatIsNoIncrement_isSaidToBeInvalid(String value) {
        assertThat(items("scCheckout=" + value)).containsExactly(new EventItem("scCheckout", null, null, false));
    }

    @Test
    void largestIncrement_isTheCap() {
        assertThat(items("scCheckout=1000000")).containsExactly(new EventItem("scCheckout", 1_000_000L, null, false));
        assertThat(EventItem.of("scCheckout=8", Rules.of(Map.of("checkout.max-increment", "7"))))
                .containsExactly(new EventItem("scCheckout", null, null, false));
    }

    @Test
    void id_isItsFirst20Bytes() {
        assertThat(items("scCheckout:12345678901234567890-and-more"))
                .containsExactly(new EventItem("scCheckout", 1L, "12345678901234567890", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "a b", "ABC123=2", "A:B", "\u00e9", "1234567890123456789\u00e9"})
    void idThatIsNotAlphanumeric_isNoId_butTheItemQualifies(String id) {
        assertThat(items("scCheckout:" + id)).containsExactly(new EventItem("scCheckout", 1L, null, true));
    }

    @Test
    void onlyAnotherCase_isANearMiss() {
        assertThat(EventItem.hasNearMiss("event1, SCcheckout=2", RULES)).isTrue();
        assertThat(EventItem.hasNearMiss("scCheckout,scCheckoutX,event11", RULES))
                .isFalse();
    }

    private static List<EventItem> items(String events) {
        return EventItem.of(events, RULES);
    }
}
