package io.checkoutmetrics.stream;

import org.apache.kafka.common.TopicPartition;

/** The stored state is not what the settings ask for; another try cannot mend that, and the message says what can. */
public final class IncompatibleStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IncompatibleStateException(String message) {
        super(message);
    }

    /** The input topic is gone, or another one of its name is there. */
    public static IncompatibleStateException inputGone(String topic) {
        return new IncompatibleStateException(
                "\"" + topic + "\" was deleted, or deleted and made anew, while the job ran:"
                        + " offsets mean other hits now, and what was not read is lost. Start anew under another"
                        + " application.id, with output topics of its own.");
    }

    /** A topic that the job made for itself is gone, or another one of its name is there. */
    public static IncompatibleStateException internalGone(String topic) {
        return new IncompatibleStateException("\"" + topic
                + "\" was deleted, or deleted and made anew, while the job ran: what was counted is lost with it."
                + " Start anew under another application.id, with output topics of its own.");
    }

    /** Retention has overtaken the job. */
    static IncompatibleStateException hitsGone(TopicPartition partition, long offset) {
        return new IncompatibleStateException("the hits of " + partition + " from offset " + offset
                + " on were deleted before they were counted: the topic's retention is shorter than the job was behind."
                + " Lengthen the retention; when the job is started again, it says how to go on without those hits.");
    }

    /** What one stage has sent to the next is gone before that took it. */
    static IncompatibleStateException internalRecordsGone(TopicPartition partition, long offset) {
        return new IncompatibleStateException("the records of " + partition + " from offset " + offset
                + " on were deleted before they were counted: checkouts that one stage had sent to the next are lost."
                + " Set retention.ms and retention.bytes of \"" + partition.topic()
                + "\" to -1, or delete nothing from it yourself, and start anew under another application.id, with"
                + " output topics of its own.");
    }

    /** The input topic has another number of partitions than when the job began: which of them held time is not known. */
    public static IncompatibleStateException partitionsChanged(int before, int now) {
        return new IncompatibleStateException("the input topic has " + now + " partitions and had " + before
                + " when the stored counts began: hits that came before the job knew of the new ones may be missing."
                + " Start anew under another application.id, with output topics of its own.");
    }
}
