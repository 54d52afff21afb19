package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.CheckoutTopology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The topology with nothing in it but what an operator meets: topics, stages and their stores. It is drawn from what
 * Kafka Streams says of the topology; only the words beside it are ours.
 */
final class TopologyPicture {
    private static final int WIDTH = 72;
    private static final int NOTE_AT = 44;
    private static final Map<String, String> TITLES = Map.of(
            "recognise", "1 RECOGNISE: is it a checkout?",
            "count-once", "2 COUNT ONCE: was it counted before?",
            "roll", "3 ROLL: what do the windows hold now?");

    /**
     * A processor with state.
     *
     * @param part number of its sub-topology
     * @param from topics it reads, through whatever lies between
     * @param to topics it writes, those that another stage reads last
     */
    private record Stage(int part, String name, List<String> stores, List<String> from, List<String> to) {
        String title() {
            return TITLES.getOrDefault(name, name);
        }
    }

    private final List<Stage> stages = new ArrayList<>();
    private final JobTopology topology;
    private final Settings settings;

    TopologyPicture(JobTopology topology, Settings settings) {
        this.topology = topology;
        this.settings = settings;
        topology.description().subtopologies().stream()
                .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
                .forEach(this::addStages);
    }

    private void addStages(TopologyDescription.Subtopology part) {
        for (TopologyDescription.Node node : part.nodes()) {
            if (node instanceof TopologyDescription.Processor processor) {
                List<String> stores = processor.stores().stream()
                        .filter(CheckoutTopology::isLogged)
                        .sorted()
                        .toList();
                if (!stores.isEmpty()) {
                    List<String> to = new ArrayList<>(topics(node, TopologyDescription.Node::successors));
                    to.sort(Comparator.comparing(this::isInternal).thenComparing(this::rank));
                    List<String> from = List.copyOf(topics(node, TopologyDescription.Node::predecessors));
                    stages.add(new Stage(part.id(), node.name(), stores, from, to));
                }
            }
        }
    }

    /** The topics that are reached from a node in one direction. */
    private static Set<String> topics(
            TopologyDescription.Node from, Function<TopologyDescription.Node, Set<TopologyDescription.Node>> next) {
        Set<String> topics = new TreeSet<>();
        for (TopologyDescription.Node node : next.apply(from)) {
            if (node instanceof TopologyDescription.Sink sink) {
                topics.add(sink.topic());
            } else if (node instanceof TopologyDescription.Source source) {
                topics.addAll(source.topicSet());
            }
            topics.addAll(topics(node, next));
        }
        return topics;
    }

    private boolean isInternal(String topic) {
        return topology.repartitioned().contains(topic);
    }

    /** Rolling Checkouts before finals before whatever else. */
    private int rank(String topic) {
        return topic.equals(settings.topics().metrics())
                ? 0
                : topic.equals(settings.topics().intervals()) ? 1 : 2;
    }

    /** The topic's name on the brokers. */
    private String name(String topic) {
        return isInternal(topic) ? settings.applicationId() + "-" + topic : topic;
    }

    private String carries(String topic) {
        Settings.Topics topics = settings.topics();
        return Map.of(
                        topics.input(),
                        "every hit",
                        topics.metrics(),
                        "rolling, what changed",
                        topics.intervals(),
                        "finals, after the grace",
                        topics.deadLetters(),
                        "what cannot be counted",
                        settings.alerts().topic(),
                        "what is not as usual",
                        "checkouts-repartition",
                        "checkouts, watermarks",
                        "counts-repartition",
                        "counts, watermarks")
                .getOrDefault(topic, "");
    }

    /** From top to bottom in the order of the data, 80 columns wide with names of usual length; ASCII. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Stage stage : stages) {
            for (String topic : stage.from()) {
                text.append(noted("  " + name(topic), carries(topic)));
            }
            text.append("    |\n    v\n").append(box(stage));
            List<String> leaving =
                    stage.to().stream().filter(topic -> !isInternal(topic)).toList();
            leaving.forEach(topic -> text.append(noted("    +--> " + name(topic), carries(topic))));
            if (leaving.size() < stage.to().size()) {
                text.append("    |\n    v\n");
            }
        }
        return text.toString();
    }

    private static String noted(String line, String note) {
        return note.isEmpty() ? line + "\n" : line + " ".repeat(Math.max(2, NOTE_AT - line.length())) + note + "\n";
    }

    private static String box(Stage stage) {
        String part = " sub-topology " + stage.part() + " -+\n";
        StringBuilder box = new StringBuilder("  +- " + stage.title() + " ");
        box.append("-".repeat(Math.max(1, WIDTH - box.length() - part.length() + 1)))
                .append(part);
        String stores = "  |  stores: " + String.join(", ", stage.stores());
        return box.append(stores)
                .append(" ".repeat(Math.max(1, WIDTH - stores.length() - 1)))
                .append("|\n  +")
                .append("-".repeat(WIDTH - 4))
                .append("+\n")
                .toString();
    }

    /** As a flow chart for Mermaid: topics are rounded, stores cylinders, sub-topologies frames. */
    String mermaid() {
        StringBuilder chart = new StringBuilder("flowchart TB\n");
        Set<String> topics = new TreeSet<>();
        stages.forEach(stage -> {
            topics.addAll(stage.from());
            topics.addAll(stage.to());
        });
        List<String> numbered = List.copyOf(topics);
        for (int i = 0; i < numbered.size(); i++) {
            String note = carries(numbered.get(i));
            String text = name(numbered.get(i)) + (note.isEmpty() ? "" : "<br/>" + note);
            chart.append("    topic%d([\"%s\"])\n".formatted(i, text));
        }
        for (Stage stage : stages) {
            String id = "stage" + stages.indexOf(stage);
            chart.append("    subgraph part%d[\"sub-topology %d\"]\n".formatted(stage.part(), stage.part()));
            chart.append("        %s[\"%s\"]\n".formatted(id, stage.title()));
            stage.stores().forEach(store -> chart.append("        %s --- %s[(\"%s\")]\n".formatted(id, store, store)));
            chart.append("    end\n");
            stage.from().forEach(topic -> chart.append(arrow("topic" + numbered.indexOf(topic), id)));
            stage.to().forEach(topic -> chart.append(arrow(id, "topic" + numbered.indexOf(topic))));
        }
        return chart.toString();
    }

    private static String arrow(String from, String to) {
        return "    " + from + " --> " + to + "\n";
    }
}
