package io.checkoutmetrics.operate;

import io.checkoutmetrics.registry.RegistryException;
import io.checkoutmetrics.stream.IncompatibleStateException;
import io.checkoutmetrics.stream.TooManyDeadLettersException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/** What failures of the engine mean to who has to mend them, where its own words do not say. */
final class Remedies {
    private static final String NO_SPACE = "No space left on device";

    static final String DISK_FULL = "the disk of state.dir is full (" + NO_SPACE
            + "). Free some space, or name a folder on a larger disk, and start again: nothing is lost, and nothing"
            + " counts twice.";

    /** The producer tells that it may not commit offsets of a topic in words only. */
    private static final String REFUSED_COMMIT =
            "TxnOffsetCommitResponse: " + Errors.TOPIC_AUTHORIZATION_FAILED.message();

    private static final String FOLDER_TAKEN =
            "multiple instances of Kafka Streams are running in the same state directory";

    private Remedies() {}

    /** @param root of the failure. @return what happened and what to do, or the failure's own words */
    static String of(Throwable root) {
        String words = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        if (isDiskFull(root)) {
            return DISK_FULL;
        }
        if (words.contains(FOLDER_TAKEN)) {
            return "state.dir is in use by another process. Give each instance a state.dir of its own, or end that process.";
        }
        if (root instanceof MissingSourceTopicException) {
            return "the input topic, or a topic between the stages, is not there (" + words
                    + "). If it was deleted, start anew under another application.id, with output topics of its own.";
        }
        if (isRefusal(root)) {
            return words
                    + " The command \"topology\" prints the ACLs that the job needs. What was not committed is done again.";
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return "the class " + words.replace('/', '.')
                    + " is not on the class path. Add the jar it is in, and start again: nothing is lost.";
        }
        if (root instanceof AuthenticationException) {
            return "the brokers do not let us in: " + words + " Correct the kafka.sasl.* and kafka.ssl.* settings.";
        }
        if (root instanceof RecordTooLargeException) {
            return words + " Raise max.message.bytes of the topic, or kafka.max.request.size.";
        }
        return words;
    }

    /** Whether the failure is told in words that say what to do: where in the code it came up is nobody's concern then. */
    static boolean isKnown(Throwable root) {
        return root instanceof RegistryException
                || root instanceof TooManyDeadLettersException
                || root instanceof IncompatibleStateException
                || root instanceof MissingSourceTopicException
                || isRefusal(root)
                || root instanceof AuthenticationException
                || root instanceof RecordTooLargeException
                || isDiskFull(root);
    }

    /** Whether an ACL is missing. */
    static boolean isRefusal(Throwable root) {
        return root instanceof AuthorizationException
                || (root.getMessage() != null && root.getMessage().endsWith(REFUSED_COMMIT));
    }

    static boolean isDiskFull(Throwable root) {
        return root.getMessage() != null && root.getMessage().contains(NO_SPACE);
    }
}
