package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitRulesTest {
    private final HitRules defaults = HitRules.defaults();

    @Test
    void defaults_areAdobesCheckout() {
        assertThat(defaults)
                .isEqualTo(new HitRules(
                        Set.of("scCheckout"),
                        1_000_000,
                        65_536,
                        List.of("country", "campaign"),
                        Map.of(),
                        Set.of(),
                        false));
    }

    @Test
    void cartValue_needsTheCurrencies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withCartValue(true))
                .withMessageStartingWith("cart.value: ")
                .withMessageContaining("Add currency to dimensions");
        assertThat(defaults.withDimensions(List.of("currency"))
                        .withCartValue(true)
                        .cartValue())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a,b", "a=b", "a:b", "scCheckout ", "caf\u00e9", "a\u0000"})
    void eventThatNoTokenCanBe_isRefused(String event) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withCheckoutEvents(Set.of(event)))
                .withMessageContaining("checkout.events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prop1", "dimensions.prop75", "post_prop3", "Prop12"})
    void trafficVariable_isRefusedAsDimension(String dimension) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withDimensions(List.of(dimension)))
                .withMessageContaining("traffic variable");
    }

    @Test
    void nonsense_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withCheckoutEvents(Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxIncrement(0));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxEventsBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withDimensions(List.of("a", "a")));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withDimensions(List.of("dimensions.")));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withFields(Map.of("events", " ")));
    }
}
