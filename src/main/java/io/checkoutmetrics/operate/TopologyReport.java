package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;

/** What the job is made of under given settings, as text: its picture, its topology, topics, stores and ACLs. */
public final class TopologyReport {
    private static final Map<String, String> STORE_CONTENTS = Map.of(
            "arrivals", "1 recognise: hits per report suite and time of the partition, not yet passed on",
            "received", "2 count once: how far each input partition is complete",
            "pending", "2 count once: checkouts waiting until all partitions have passed their time",
            "seen", "2 count once: event IDs, visits and hit IDs that were counted, until their retention",
            "items", "2 count once: items of each dimension that count by themselves, and when they were last seen",
            "counted", "3 roll: how far each shard of stage 2 is complete",
            "series", "3 roll: slices and running sums of every series, and what was published of it",
            "watched", "3 roll: what is usual for watched series, and how they go",
            "visitors", "3 roll: who made the checkouts of every series, as hashes and sketches");
    private static final Map<String, String> REPARTITIONED_CONTENTS = Map.of(
            "checkouts", "checkouts and watermarks, from 1 to 2",
            "counts", "counts and watermarks, from 2 to 3");
    private static final String REPARTITION = "-repartition";

    private TopologyReport() {}

    /** The report, several hundred lines at most, each with a line end. Asks neither Kafka nor a registry. */
    public static String of(Settings settings) {
        JobTopology topology = JobTopology.of(settings);
        return String.join(
                "\n",
                "checkout-metrics: from hits to rolling Checkouts\n",
                new TopologyPicture(topology, settings).text(),
                "TOPOLOGY, as Kafka Streams describes it\n",
                topology.description().toString().stripTrailing() + "\n",
                "TOPICS\n",
                topics(settings, topology),
                "STATE STORES\n",
                stores(settings, topology),
                "ACLS that the job's principal needs\n",
                acls(settings));
    }

    /** The picture alone, as a flow chart for Mermaid. */
    public static String mermaid(Settings settings) {
        return new TopologyPicture(JobTopology.of(settings), settings).mermaid();
    }

    private static String topics(Settings settings, JobTopology topology) {
        Settings.Topics topics = settings.topics();
        String seriesKey = "JSON array: series";
        TextTable table = TextTable.of("ROLE", "NAME", "KEY", "VALUE", "CLEANUP")
                .row("input", topics.input(), "any", "Hit, Avro", "yours")
                .row("rolling Checkouts", topics.metrics(), seriesKey, "CheckoutMetrics, Avro", "compact")
                .row("final Checkouts", topics.intervals(), seriesKey, "CheckoutInterval, Avro", "delete")
                .row("dead letters", topics.deadLetters(), "the hit's", "the hit's bytes, reason in headers", "delete");
        if (settings.alerts().on()) {
            table.row("alerts", settings.alerts().topic(), seriesKey, "CheckoutAlert, Avro", "compact");
        }
        for (String topic : topology.repartitioned()) {
            String name = topic.substring(0, topic.length() - REPARTITION.length());
            String contents = REPARTITIONED_CONTENTS.getOrDefault(name, "of the job");
            table.row("internal", repartition(settings, name), "of the job", contents, "delete");
        }
        for (String store : topology.stores()) {
            table.row("changelog", changelog(settings, store), "of the job", "store \"" + store + "\"", "compact");
        }
        return table.toString();
    }

    private static String stores(Settings settings, JobTopology topology) {
        TextTable table = TextTable.of("STORE", "HOLDS, BY STAGE", "KEPT IN");
        topology.stores()
                .forEach(store ->
                        table.row(store, STORE_CONTENTS.getOrDefault(store, "of the job"), changelog(settings, store)));
        return table.toString();
    }

    private static String acls(Settings settings) {
        TextTable table = TextTable.of("RESOURCE", "PATTERN", "NAME", "OPERATIONS", "WHAT FOR");
        for (RequiredAcl acl : RequiredAcl.of(settings)) {
            String operations = acl.operations().stream()
                    .map(Enum::name)
                    .map(TopologyReport::word)
                    .collect(Collectors.joining(","));
            table.row(
                    word(acl.resource().name()),
                    acl.pattern() == PatternType.LITERAL ? "literal" : "prefixed",
                    acl.name(),
                    operations,
                    acl.purpose());
        }
        String named = settings.alerts().on() ? "five" : "four";
        String creation = settings.topics().create()
                ? "Create on the " + named + " topics is for topics.create=true; without it they must be there."
                : "With topics.create=true, add Create on the first " + named + ".";
        return table + "\nRead, Write and Delete allow Describe too. The cluster needs none. " + creation + "\n";
    }

    private static String repartition(Settings settings, String name) {
        return settings.applicationId() + "-" + name + REPARTITION;
    }

    private static String changelog(Settings settings, String store) {
        return settings.applicationId() + "-" + store + "-changelog";
    }

    static String word(Enum<?> constant) {
        return word(constant.name());
    }

    /** {@code DESCRIBE_CONFIGS} as kafka-acls.sh spells it: {@code DescribeConfigs}. */
    private static String word(String constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
