package io.checkoutmetrics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.checkoutmetrics.feed.ReceivedHit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShopTrafficTest {
    private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");

    private static List<ReceivedHit> hour(Instant start, double hitsPerSecond) {
        return new ShopTraffic(7, hitsPerSecond, start).until(start.plusSeconds(3_600));
    }

    private static long checkouts(List<ReceivedHit> hits) {
        return hits.stream()
                .filter(received -> received.hit().getEvents().startsWith("scCheckout"))
                .count();
    }

    @Test
    void sameSeed_givesTheSameHits_howeverOftenItIsAsked() {
        ShopTraffic atOnce = new ShopTraffic(7, 50, NOON);
        ShopTraffic often = new ShopTraffic(7, 50, NOON);

        List<ReceivedHit> pieces = new ArrayList<>();
        for (int ms = 250; ms <= 60_000; ms += 250) {
            pieces.addAll(often.until(NOON.plusMillis(ms)));
        }

        assertThat(pieces).isEqualTo(atOnce.until(NOON.plusSeconds(60))).hasSizeGreaterThan(1_000);
    }

    @Test
    void anotherSeed_givesOtherHits() {
        assertThat(new ShopTraffic(8, 50, NOON).until(NOON.plusSeconds(1)))
                .isNotEqualTo(new ShopTraffic(7, 50, NOON).until(NOON.plusSeconds(1)));
    }

    @Test
    void hits_comeInTheOrderReceived_betweenTheMomentsAsked() {
        ShopTraffic traffic = new ShopTraffic(7, 200, NOON);
        traffic.until(NOON.plusSeconds(10));

        List<ReceivedHit> hits = traffic.until(NOON.plusSeconds(20));

        assertThat(hits).extracting(ReceivedHit::receivedMs).isSorted();
        assertThat(hits)
                .allSatisfy(hit -> assertThat(Instant.ofEpochMilli(hit.receivedMs()))
                        .isBetween(NOON.plusSeconds(10), NOON.plusSeconds(20).minusMillis(1)));
    }

    @Test
    void overAWeek_theRateIsTheOneAskedFor_andTheShopsHaveTheirShares() {
        ShopTraffic traffic = new ShopTraffic(7, 0.5, NOON);
        List<ReceivedHit> hits = traffic.until(NOON.plus(Duration.ofDays(7)));

        assertThat(hits.size() / (7 * 86_400.0)).isCloseTo(0.5, within(0.02));
        Map<String, Long> bySuite =
                hits.stream().collect(Collectors.groupingBy(hit -> hit.hit().getReportSuite(), Collectors.counting()));
        assertThat(bySuite.getOrDefault("eu-shop", 0L) / (double) hits.size()).isCloseTo(0.42, within(0.02));
        assertThat(bySuite.getOrDefault("jp-shop", 0L) / (double) hits.size()).isCloseTo(0.02, within(0.005));
        assertThat(checkouts(hits) / (double) hits.size()).isCloseTo(0.02, within(0.003));
    }

    @Test
    void rates_followTheDayOfTheShopsOwnTimeZone() {
        Instant fourInParis = Instant.parse("2026-01-06T03:00:00Z");
        Instant eveningInParis = Instant.parse("2026-01-06T19:00:00Z");

        Map<String, Long> night = perSuite(hour(fourInParis, 20));
        Map<String, Long> evening = perSuite(hour(eveningInParis, 20));

        assertThat(evening.get("eu-shop")).isGreaterThan(6 * night.getOrDefault("eu-shop", 0L));
        assertThat(night.get("us-shop")).isGreaterThan(night.get("eu-shop"));
    }

    @Test
    void rhythm_isOneOnAverageOverTheWeek_andBusierOnSundays() {
        ZonedDateTime monday = ZonedDateTime.of(2026, 1, 5, 0, 0, 0, 0, ZoneId.of("UTC"));
        Map<DayOfWeek, Double> byDay = new HashMap<>();
        for (int minute = 0; minute < 7 * 24 * 60; minute++) {
            ZonedDateTime time = monday.plusMinutes(minute);
            byDay.merge(time.getDayOfWeek(), Rhythm.at(time) / (24 * 60), Double::sum);
        }

        assertThat(byDay.values().stream().mapToDouble(Double::doubleValue).average())
                .hasValueCloseTo(1.0, within(0.001));
        assertThat(byDay.get(DayOfWeek.SUNDAY)).isGreaterThan(byDay.getOrDefault(DayOfWeek.SATURDAY, 0.0) * 1.2);
    }

    @Test
    void traffic_isUnderWayFromTheStart() {
        List<ReceivedHit> firstSeconds = new ShopTraffic(7, ShopTraffic.LIVELY, NOON).until(NOON.plusSeconds(5));

        assertThat(checkouts(firstSeconds)).isPositive();
    }

    @Test
    void hits_areValid() {
        assertThat(hour(NOON, 20)).allSatisfy(received -> {
            Instant time = received.hit().getTime();
            assertThat(time == null ? 0 : received.receivedMs() - time.toEpochMilli())
                    .isBetween(0L, 100_000L);
            assertThat(received.hit().getEvents())
                    .matches("|[a-zA-Z]+(,[a-zA-Z]+)?|(scCheckout|purchase):[A-Z0-9]{12}");
            assertThat(received.hit().getHitId()).isNotBlank();
            assertThat(received.hit().getVisitorId()).isNotBlank();
            assertThat(received.hit().getCurrency()).matches("[A-Z]{3}");
        });
    }

    @Test
    void awkwardHits_areAmongThem() {
        List<ReceivedHit> hits = hour(NOON, 50);

        Set<String> hitIds = new HashSet<>();
        Map<String, Set<String>> hitIdsByCheckout = new HashMap<>();
        int redelivered = 0;
        for (ReceivedHit received : hits) {
            String hitId = String.valueOf(received.hit().getHitId());
            redelivered += hitIds.add(hitId) ? 0 : 1;
            if (received.hit().getEvents().startsWith("scCheckout")) {
                hitIdsByCheckout
                        .computeIfAbsent(received.hit().getEvents(), event -> new HashSet<>())
                        .add(hitId);
            }
        }

        assertThat(redelivered).isPositive();
        assertThat(hitIdsByCheckout.values()).anyMatch(ids -> ids.size() > 1);
        assertThat(hits).anyMatch(hit -> "bot".equals(hit.hit().getExcluded()));
        assertThat(hits)
                .anyMatch(hit -> hit.hit().getTime() != null
                        && hit.receivedMs() - hit.hit().getTime().toEpochMilli() > 2_000);
    }

    @Test
    void checkouts_areOfOneProductOrSeveral_withThePriceOfAllPieces() {
        List<String> carts = hour(NOON, 50).stream()
                .filter(received -> received.hit().getEvents().startsWith("scCheckout"))
                .map(received -> String.valueOf(received.hit().getProducts()))
                .toList();

        assertThat(carts)
                .allSatisfy(cart -> assertThat(cart.split(","))
                        .allMatch(product -> product.matches("[a-z]+;[a-z0-9-]+;[12];[0-9]+(\\.[0-9]{2})?")))
                .anyMatch(cart -> cart.indexOf(',') < 0)
                .anyMatch(cart -> cart.split(",").length >= 3)
                .anyMatch(cart -> cart.contains("shoes;trail-runner;2;238.00"));
    }

    private static Map<String, Long> perSuite(List<ReceivedHit> hits) {
        return hits.stream().collect(Collectors.groupingBy(hit -> hit.hit().getReportSuite(), Collectors.counting()));
    }
}
