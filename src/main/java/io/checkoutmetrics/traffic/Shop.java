package io.checkoutmetrics.traffic;

import java.time.ZoneId;
import java.util.List;

/**
 * A made-up shop.
 *
 * @param reportSuite its name in the hits
 * @param zone where its customers sleep
 * @param share of all visits, 0 to 1, over a week
 * @param countries of its customers; empty text: not known
 * @param campaigns that bring visitors; empty text: none did
 * @param wares what it sells
 */
record Shop(
        String reportSuite,
        ZoneId zone,
        double share,
        Weighted<Country> countries,
        Weighted<String> campaigns,
        List<Ware> wares) {

    record Country(String code, String currency) {}

    /** @param price in the shop's own currency */
    record Ware(String category, String name, String price) {}

    private static final List<Ware> SHOES_AND_COATS = List.of(
            new Ware("shoes", "trail-runner", "119.00"),
            new Ware("shoes", "city-sneaker", "79.90"),
            new Ware("coats", "rain-shell", "149.00"),
            new Ware("coats", "wool-coat", "259.00"),
            new Ware("accessories", "beanie", "24.90"));
    private static final List<Ware> KITCHEN = List.of(
            new Ware("knives", "santoku-17", "14800"),
            new Ware("pots", "donabe", "9800"),
            new Ware("tea", "sencha-100g", "1620"));

    static List<Shop> all() {
        return List.of(eu(), us(), uk(), jp());
    }

    private static Shop eu() {
        return new Shop(
                "eu-shop",
                ZoneId.of("Europe/Paris"),
                0.42,
                Weighted.of(new Country("fr", "EUR"), 38)
                        .or(new Country("de", "EUR"), 27)
                        .or(new Country("es", "EUR"), 14)
                        .or(new Country("it", "EUR"), 11)
                        .or(new Country("ch", "CHF"), 5)
                        .or(new Country("pl", "PLN"), 4)
                        .or(new Country("", "EUR"), 1),
                Weighted.of("", 46)
                        .or("search-brand", 20)
                        .or("newsletter-42", 14)
                        .or("social-autumn", 11)
                        .or("affiliates", 9),
                SHOES_AND_COATS);
    }

    private static Shop us() {
        return new Shop(
                "us-shop",
                ZoneId.of("America/New_York"),
                0.36,
                Weighted.of(new Country("us", "USD"), 84)
                        .or(new Country("ca", "CAD"), 12)
                        .or(new Country("mx", "USD"), 3)
                        .or(new Country("", "USD"), 1),
                Weighted.of("", 40)
                        .or("search-brand", 26)
                        .or("social-video", 18)
                        .or("newsletter-42", 10)
                        .or("retargeting", 6),
                SHOES_AND_COATS);
    }

    private static Shop uk() {
        return new Shop(
                "uk-shop",
                ZoneId.of("Europe/London"),
                0.2,
                Weighted.of(new Country("gb", "GBP"), 91).or(new Country("ie", "EUR"), 9),
                Weighted.of("", 55).or("search-brand", 25).or("newsletter-42", 20),
                SHOES_AND_COATS);
    }

    private static Shop jp() {
        return new Shop(
                "jp-shop",
                ZoneId.of("Asia/Tokyo"),
                0.02,
                Weighted.of(new Country("jp", "JPY"), 97).or(new Country("tw", "JPY"), 3),
                Weighted.of("", 70).or("\u79cb\u306e\u30ad\u30e3\u30f3\u30da\u30fc\u30f3", 30),
                KITCHEN);
    }
}
