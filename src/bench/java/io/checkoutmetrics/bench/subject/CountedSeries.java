package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.hit.CheckoutHit;
import java.util.List;
import java.util.Locale;

/** Under which keys a peer counts a checkout: one for each series, which begins with the report suite. */
enum CountedSeries {
    /** The report suite. */
    SUITE,
    /** The report suite's country. */
    COUNTRY,
    /** The report suite's campaign. */
    CAMPAIGN,
    /** The three of them, as the job with its default dimensions. */
    ALL;

    private static final String SEPARATOR = "|";

    static CountedSeries of(Assignment assignment) {
        return valueOf(assignment.setting("series", "campaign").toUpperCase(Locale.ROOT));
    }

    /** How many keys a checkout has. */
    int perCheckout() {
        return this == ALL ? 3 : 1;
    }

    List<String> keys(CheckoutHit checkout) {
        String suite = checkout.reportSuite() + SEPARATOR;
        String country = suite + "country=" + checkout.dimensionItems().get(0).item();
        String campaign = suite + "campaign=" + checkout.dimensionItems().get(1).item();
        return switch (this) {
            case SUITE -> List.of(suite);
            case COUNTRY -> List.of(country);
            case CAMPAIGN -> List.of(campaign);
            case ALL -> List.of(suite, country, campaign);
        };
    }

    static String suite(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }
}
