package io.checkoutmetrics.registry;

/** Confluent's default TopicNameStrategy: one subject per topic for its keys and one for its values. */
final class SubjectName {
    private SubjectName() {}

    static String of(String topic, boolean isKey) {
        return topic + (isKey ? "-key" : "-value");
    }
}
