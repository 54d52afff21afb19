package io.checkoutmetrics.traffic;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.feed.ReceivedHit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One made-up visit to a shop: home, products, and for some the cart, the checkout and the purchase. It has what real
 * visits have: people leave, reload the checkout page, their browsers send a hit twice or have a clock that is behind,
 * and some are robots.
 */
final class Visit {
    /** No visit goes on for longer. */
    static final long LONGEST_MS = 20 * 60_000L;

    /** Hits of a visit on average; the chances below make it so. */
    static final double MEAN_HITS = 4.22;

    private static final double PUTS_INTO_CART = 0.22;
    private static final double LOOKS_AT_CART = 0.80;
    private static final double CHECKS_OUT = 0.50;
    private static final double RELOADS_CHECKOUT = 0.06;
    private static final double PURCHASES = 0.72;
    private static final double GOES_ON_BROWSING = 0.74;
    private static final int MOST_PRODUCTS = 12;
    private static final double TAKES_IT = 0.4;
    private static final double TAKES_TWO = 0.1;
    private static final double SENT_TWICE = 0.004;
    private static final double IS_ROBOT = 0.015;
    private static final double CLOCK_IS_BEHIND = 0.05;
    private static final double CLOCK_IS_UNKNOWN = 0.15;
    private static final double SHORTEST_PAUSE_MS = 1_500;
    private static final double MEAN_PAUSE_MS = 18_000;

    private static final Weighted<String> DEVICES =
            Weighted.of("mobile", 61).or("desktop", 33).or("tablet", 6);
    private static final Weighted<String> PAYMENTS =
            Weighted.of("card", 52).or("wallet", 30).or("invoice", 12).or("voucher", 6);

    private final Shop shop;
    private final RandomGenerator random;
    private final List<ReceivedHit> hits = new ArrayList<>();
    private final String visitorId;
    private final String visitId;
    private final Shop.Country country;
    private final String campaign;
    private final String device;
    private final boolean isRobot;
    private final boolean tellsTime;
    private final long clockBehindMs;
    private final Map<String, String> eVars = new HashMap<>();
    private final Set<Shop.Ware> viewed = new LinkedHashSet<>();
    private long nowMs;

    private Visit(Shop shop, RandomGenerator random, long startMs) {
        this.shop = shop;
        this.random = random;
        this.nowMs = startMs;
        visitorId = identifier();
        visitId = visitorId + "-" + startMs / 1000;
        country = shop.countries().draw(random);
        campaign = shop.campaigns().draw(random);
        device = DEVICES.draw(random);
        isRobot = happens(IS_ROBOT);
        tellsTime = !happens(CLOCK_IS_UNKNOWN);
        clockBehindMs = happens(CLOCK_IS_BEHIND) ? 2_000 + random.nextInt(58_000) : 0;
        eVars.put("eVar1", happens(0.3) ? "customer" : "guest");
    }

    /** The hits of a visit that starts then, each a moment after the one before but for those that are sent twice. */
    static List<ReceivedHit> walk(Shop shop, RandomGenerator random, long startMs) {
        Visit visit = new Visit(shop, random, startMs);
        visit.browse();
        visit.hits.removeIf(hit -> hit.receivedMs() - startMs > LONGEST_MS);
        return visit.hits;
    }

    private void browse() {
        send("", "home", null);
        int products = 0;
        while (products < MOST_PRODUCTS && happens(GOES_ON_BROWSING)) {
            Shop.Ware ware = nextWare();
            send("prodView", "product:" + ware.name(), ware.category() + ";" + ware.name());
            viewed.add(ware);
            products++;
        }
        if (products > 0 && happens(PUTS_INTO_CART)) {
            fillCart();
        }
    }

    private void fillCart() {
        String cart = cart();
        send("scOpen,scAdd", "cart", cart);
        if (happens(LOOKS_AT_CART)) {
            send("scView", "cart", cart);
        }
        if (happens(CHECKS_OUT)) {
            checkOut(cart);
        }
    }

    /** Some of what was looked at, at least one; the price is that of all pieces, as Adobe has it. */
    private String cart() {
        List<Shop.Ware> wares = new ArrayList<>(viewed);
        List<String> products = new ArrayList<>();
        for (int i = 0; i < wares.size(); i++) {
            if (i == wares.size() - 1 && products.isEmpty() || happens(TAKES_IT)) {
                int pieces = happens(TAKES_TWO) ? 2 : 1;
                BigDecimal price = new BigDecimal(wares.get(i).price()).multiply(BigDecimal.valueOf(pieces));
                products.add(wares.get(i).category() + ";" + wares.get(i).name() + ";" + pieces + ";" + price);
            }
        }
        return String.join(",", products);
    }

    private void checkOut(String cart) {
        String order = identifier().substring(0, 12).toUpperCase(Locale.ROOT);
        eVars.put("eVar5", PAYMENTS.draw(random));
        send("scCheckout:" + order, "checkout", cart);
        if (happens(RELOADS_CHECKOUT)) {
            send("scCheckout:" + order, "checkout", cart);
        }
        if (happens(PURCHASES)) {
            send("purchase:" + order, "thank you", cart);
        }
    }

    private void send(String events, String page, @Nullable String products) {
        Hit hit = Hit.newBuilder()
                .setReportSuite(shop.reportSuite())
                .setEvents(events)
                .setTime(tellsTime ? Instant.ofEpochMilli(nowMs - clockBehindMs - random.nextInt(20, 250)) : null)
                .setHitId(identifier())
                .setVisitorId(visitorId)
                .setVisitId(visitId)
                .setExcluded(isRobot ? "bot" : null)
                .setPageName(page)
                .setCampaign(orNull(campaign))
                .setCountry(orNull(country.code()))
                .setCurrency(country.currency())
                .setProducts(products)
                .setDeviceType(device)
                .setDimensions(Map.copyOf(eVars))
                .build();
        hits.add(new ReceivedHit(hit, nowMs));
        if (happens(SENT_TWICE)) {
            hits.add(new ReceivedHit(hit, nowMs + random.nextInt(200, 20_000)));
        }
        nowMs += (long) (SHORTEST_PAUSE_MS + random.nextExponential() * MEAN_PAUSE_MS);
    }

    private Shop.Ware nextWare() {
        return shop.wares().get(random.nextInt(shop.wares().size()));
    }

    private String identifier() {
        return String.format("%016x", random.nextLong());
    }

    private boolean happens(double chance) {
        return random.nextDouble() < chance;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
