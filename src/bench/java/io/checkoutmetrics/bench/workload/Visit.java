package io.checkoutmetrics.bench.workload;

import java.util.Map;
import java.util.SplittableRandom;

/** One visit: what all its hits have in common, as encoded fields. */
final class Visit {
    private static final String[] SECTIONS = {"home", "catalogue", "basket", "account"};

    final int suite;
    final byte[] reportSuite;
    final byte[] visitorAndVisit;
    final byte[] marketing;
    final byte[] deviceAndDimensions;
    final byte[] referrer;
    final byte[] environment;
    final byte[] key;
    final int partition;

    Visit(SplittableRandom random, Site site) {
        suite = random.nextInt(site.suites.length);
        reportSuite = new WideHit.Fields().text(site.suites[suite]).toBytes();
        String visitor = hex(random) + hex(random);
        key = visitor.substring(0, 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        partition = random.nextInt(Workload.PARTITIONS);
        visitorAndVisit = new WideHit.Fields()
                .optional(visitor)
                .optional(digits(random, 18))
                .none() // not excluded
                .toBytes();
        marketing = new WideHit.Fields()
                .optional(skewed(random, site.campaigns))
                .optional(skewed(random, site.countries))
                .optional("EUR")
                .toBytes();
        deviceAndDimensions = new WideHit.Fields()
                .optional(one(random, Site.DEVICES))
                .map(Map.of("eVar5", "test-" + hex(random).substring(0, 9), "eVar12", "segment-" + hex(random)))
                .toBytes();
        referrer = new WideHit.Fields()
                .optional(one(random, Site.REFERRERS) + "?gclid=" + hex(random) + hex(random))
                .toBytes();
        environment = new WideHit.Fields()
                .optional(one(random, Site.AGENTS))
                .optional("%d.%d.%d.%d"
                        .formatted(
                                random.nextInt(1, 224), random.nextInt(256), random.nextInt(256), random.nextInt(256)))
                .optional("en-GB")
                .optional(one(random, Site.CITIES))
                .optional("region-" + random.nextInt(50))
                .number(random.nextInt(300, 2600))
                .number(random.nextInt(300, 1400))
                .number(random.nextInt(1, 40))
                .number(random.nextInt(1, 30))
                .number(60)
                .optional(one(random, Site.SYSTEMS))
                .optional(one(random, SECTIONS))
                .flag(random.nextInt(10) == 0)
                .toBytes();
    }

    private static String hex(SplittableRandom random) {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    private static String digits(SplittableRandom random, int count) {
        long bound = Math.round(Math.pow(10, count));
        return Long.toString(random.nextLong(bound / 10, bound));
    }

    private static String one(SplittableRandom random, String[] of) {
        return of[random.nextInt(of.length)];
    }

    /** The first ones often, the last ones seldom. */
    private static String skewed(SplittableRandom random, String[] of) {
        double x = random.nextDouble();
        return of[(int) (x * x * of.length)];
    }
}
