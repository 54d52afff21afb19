package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyReportTest {

    private static Settings settings(String... assignments) {
        SettingsSource source = new SettingsSource();
        Arrays.asList(assignments).forEach(source::assignment);
        return source.read();
    }

    private static List<String> lines(String report, String from) {
        return report.substring(report.indexOf("\n" + from)).lines().toList();
    }

    @Test
    void everyStoreOfTheTopology_isListed_withItsContentsAndChangelog() {
        Settings settings = settings("application.id=shop-checkouts");

        List<String> stores = lines(TopologyReport.of(settings), "STATE STORES");

        JobTopology topology = JobTopology.of(settings);
        assertThat(topology.stores())
                .containsExactlyInAnyOrder(
                        "arrivals", "received", "pending", "seen", "items", "counted", "series", "visitors");
        assertThat(topology.stores())
                .allSatisfy(store -> assertThat(stores)
                        .anySatisfy(line -> assertThat(line)
                                .startsWith(store + " ")
                                .contains("shop-checkouts-" + store + "-changelog")
                                .doesNotContain("of the job")));
    }

    @Test
    void everyTopicOfTheTopology_isListed_withItsPrefixWhereInternal() {
        Settings settings = settings(
                "application.id=shop-checkouts",
                "topics.input=clicks",
                "topics.metrics=rolling",
                "topics.intervals=finals",
                "topics.dead-letters=refused");

        String topics = String.join("\n", lines(TopologyReport.of(settings), "TOPICS"));

        assertThat(JobTopology.of(settings).repartitioned())
                .containsExactly("checkouts-repartition", "counts-repartition");
        assertThat(topics)
                .contains(" clicks ", " rolling ", " finals ", " refused ")
                .contains(" shop-checkouts-checkouts-repartition ", " shop-checkouts-counts-repartition ")
                .doesNotContain("of the job, ");
    }

    @Test
    void theEnginesOwnDescription_isPartOfIt_andThePictureHasTheConfiguredNames() {
        String report = TopologyReport.of(settings("topics.input=clicks", "application.id=app"));

        assertThat(report).contains("Sub-topology: 0", "Processor: recognise", "stores: [arrivals, recognise-commits]");
        assertThat(report.substring(0, report.indexOf("TOPOLOGY"))).isEqualTo("""
                checkout-metrics: from hits to rolling Checkouts

                  clicks                                    every hit
                    |
                    v
                  +- 1 RECOGNISE: is it a checkout? ------------------ sub-topology 0 -+
                  |  stores: arrivals                                                  |
                  +--------------------------------------------------------------------+
                    +--> checkout-dead-letters              what cannot be counted
                    |
                    v
                  app-checkouts-repartition                 checkouts, watermarks
                    |
                    v
                  +- 2 COUNT ONCE: was it counted before? ------------ sub-topology 1 -+
                  |  stores: items, pending, received, seen                            |
                  +--------------------------------------------------------------------+
                    |
                    v
                  app-counts-repartition                    counts, watermarks
                    |
                    v
                  +- 3 ROLL: what do the windows hold now? ----------- sub-topology 2 -+
                  |  stores: counted, series, visitors                                 |
                  +--------------------------------------------------------------------+
                    +--> checkout-metrics                   rolling, what changed
                    +--> checkout-intervals                 finals, after the grace

                """);
    }

    @Test
    void mermaid_drawsEveryTopicStageAndStore() {
        Settings settings = settings("topics.input=clicks", "application.id=app");

        assertThat(TopologyReport.mermaid(settings)).isEqualTo("""
                flowchart TB
                    topic0(["checkout-dead-letters<br/>what cannot be counted"])
                    topic1(["checkout-intervals<br/>finals, after the grace"])
                    topic2(["checkout-metrics<br/>rolling, what changed"])
                    topic3(["app-checkouts-repartition<br/>checkouts, watermarks"])
                    topic4(["clicks<br/>every hit"])
                    topic5(["app-counts-repartition<br/>counts, watermarks"])
                    subgraph part0["sub-topology 0"]
                        stage0["1 RECOGNISE: is it a checkout?"]
                        stage0 --- arrivals[("arrivals")]
                    end
                    topic4 --> stage0
                    stage0 --> topic0
                    stage0 --> topic3
                    subgraph part1["sub-topology 1"]
                        stage1["2 COUNT ONCE: was it counted before?"]
                        stage1 --- items[("items")]
                        stage1 --- pending[("pending")]
                        stage1 --- received[("received")]
                        stage1 --- seen[("seen")]
                    end
                    topic3 --> stage1
                    stage1 --> topic5
                    subgraph part2["sub-topology 2"]
                        stage2["3 ROLL: what do the windows hold now?"]
                        stage2 --- counted[("counted")]
                        stage2 --- series[("series")]
                        stage2 --- visitors[("visitors")]
                    end
                    topic5 --> stage2
                    stage2 --> topic2
                    stage2 --> topic1
                """);
    }

    @Test
    void acls_areTheFewest_andCreateOnlyWhereTheJobCreatesTopics() {
        String without = TopologyReport.of(settings("application.id=app"));
        String with = TopologyReport.of(settings("application.id=app", "topics.create=true"));

        assertThat(collapsed(without))
                .contains("Topic literal hits Read reads hits")
                .contains("Topic literal checkout-metrics Read,Write ")
                .contains("Topic prefixed app- Read,Write,Create,Delete,DescribeConfigs ")
                .contains("Group literal app Read ")
                .contains("TransactionalId prefixed app- Write ")
                .doesNotContain("Cluster ");
        assertThat(collapsed(with))
                .contains("Topic literal hits Read,Create ")
                .contains("Topic literal checkout-dead-letters Write,Create ");
    }

    private static String collapsed(String report) {
        return report.replaceAll(" +", " ");
    }
}
