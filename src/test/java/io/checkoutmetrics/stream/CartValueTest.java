package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutInterval;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in the carts, as subscribers see it. */
class CartValueTest {
    private static final String[] BY_CURRENCY = {
        "dimensions=currency,country", "cart.value=true", "windows=1m/1s", "publish.early=off"
    };

    private static void checkout(Timeline shop, @Nullable String currency, String products) {
        shop.later(1)
                .hit(
                        "eu",
                        "scCheckout",
                        hit -> hit.setCurrency(currency).setCountry("fr").setProducts(products));
    }

    private static Map<String, @Nullable Double> finals(List<CheckoutInterval> finals) {
        Map<String, @Nullable Double> values = new TreeMap<>();
        finals.forEach(one -> values.put(one.getDimension() + "=" + one.getItem(), one.getCartValue()));
        return values;
    }

    @Test
    void cartsOfEachCurrency_areAddedUp_andNothingElseHasAValue() {
        try (Timeline shop = Timeline.of(BY_CURRENCY)) {
            shop.at("10:00:10");
            checkout(shop, "EUR", ";a;2;119.80,;b;1;0.10");
            checkout(shop, "EUR", ";a;1;59.90");
            checkout(shop, "JPY", ";a;1;9800");
            checkout(shop, "CHF", ";a");
            checkout(shop, null, ";a;1;5");
            shop.inputEnds();

            assertThat(finals(shop.finals()).toString())
                    .isEqualTo("{==null, country=fr=null, currency=(none)=null, currency=CHF=0.0, "
                            + "currency=EUR=179.8, currency=JPY=9800.0}");
        }
    }

    @Test
    void windowsValue_fallsAsCheckoutsLeaveIt() {
        try (Timeline shop = Timeline.of(BY_CURRENCY)) {
            shop.at("10:00:10");
            checkout(shop, "EUR", ";a;1;0.30");
            shop.at("10:00:30");
            checkout(shop, "EUR", ";a;1;0.10");
            shop.at("10:00:40").pageView("eu");
            assertThat(value(shop)).isEqualTo(0.4);

            shop.at("10:01:15").pageView("eu");
            shop.later(1_000).pageView("eu");
            assertThat(value(shop)).isEqualTo(0.1);
            shop.at("10:01:40").pageView("eu");
            shop.later(1_000).pageView("eu");
            assertThat(value(shop)).isZero();
        }
    }

    private static @Nullable Double value(Timeline shop) {
        return Timeline.window("PT1M", shop.latest("eu", "currency", "EUR")).getCartValue();
    }

    @Test
    void unlessAskedFor_nothingHasAValue() {
        try (Timeline shop = Timeline.of("dimensions=currency", "publish.early=off")) {
            checkout(shop.at("10:00:10"), "EUR", ";a;1;5");
            shop.inputEnds();

            assertThat(finals(shop.finals()).toString()).isEqualTo("{==null, currency=EUR=null}");
        }
    }

    @Test
    void currenciesThatAreSummedUp_haveNoValue() {
        try (Timeline shop = Timeline.of("dimensions=currency", "cart.value=true", "items.max=1")) {
            shop.at("10:00:10");
            checkout(shop, "EUR", ";a;1;5");
            checkout(shop, "JPY", ";a;1;500");
            shop.inputEnds();

            assertThat(finals(shop.finals()).toString())
                    .isEqualTo("{==null, currency=(low traffic)=null, currency=EUR=5.0}");
        }
    }
}
