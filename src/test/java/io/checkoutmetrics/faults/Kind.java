package io.checkoutmetrics.faults;

import java.time.Duration;

/** What can go wrong, and for how long it does. */
enum Kind {
    JOB_KILLED("instance killed (kill -9), started again", 0, 3_000),
    JOB_KILLED_FOR_LONG("instance killed, others take over", 7_000, 10_000),
    JOBS_KILLED("all instances killed", 0, 3_000),
    JOB_TERMINATED("instance told to stop (SIGTERM), started again", 0, 2_000),
    JOB_FROZEN("instance frozen, shorter than its transactions", 500, 4_000),
    ZOMBIE("instance frozen until others have taken over", 8_000, 14_000),
    JOBS_FROZEN("all instances frozen, for longer than their transactions", 12_000, 60_000),
    ROLLING_BOUNCE("every instance restarted, one after the other", 0, 1_000),
    SCALED_DOWN("one instance less for a while", 2_000, 6_000),
    SCALED_UP("one instance more for a while", 3_000, 8_000),
    REBALANCE_STORM("an instance comes and is killed, three times", 500, 3_000),
    BROKER_KILLED("broker killed, started again", 0, 4_000),
    BROKERS_KILLED_BUT_ONE("all brokers but one killed", 0, 5_000),
    BROKERS_KILLED("all brokers killed", 0, 5_000),
    BROKER_TERMINATED("broker told to stop, started again", 0, 3_000),
    BROKER_FROZEN("broker frozen", 500, 8_000),
    NETWORK_CUT("instance cut off from all brokers", 500, 8_000),
    NETWORK_CUT_TO_ONE("all instances cut off from one broker", 500, 8_000),
    NETWORK_FLAPPING("connections cut every half second", 1_000, 5_000),
    NETWORK_SILENT("nothing gets through, both ways", 500, 8_000),
    NETWORK_SILENT_TO("nothing gets through to the brokers", 500, 8_000),
    NETWORK_SILENT_FROM("nothing gets through from the brokers", 500, 8_000),
    NETWORK_SLOW("everything takes 20 to 300 ms longer", 2_000, 6_000),
    REGISTRY_DOWN("registry not to be reached, hits in a new schema", 500, 6_000),
    REGISTRY_SILENT("registry does not answer, hits in a new schema", 500, 6_000),
    REGISTRY_SLOW("registry takes seconds, hits in a new schema", 2_000, 5_000),
    REGISTRY_FAILING("registry answers 500, hits in a new schema", 500, 6_000),
    REGISTRY_BUSY("registry answers 429, hits in a new schema", 500, 6_000),
    REGISTRY_BEHIND("registry does not know a new schema yet", 500, 6_000),
    REGISTRY_DOWN_AT_START("registry down while all instances start", 2_000, 5_000),
    STATE_BYTE_FLIPPED("bytes of a state file changed while stopped", 0, 1_000),
    STATE_CHECKPOINT_DELETED("checkpoints of the state deleted while stopped", 0, 1_000),
    STATE_FOLDER_DELETED("state folder deleted while stopped", 0, 1_000),
    OPEN_TRANSACTION("transaction on the input open for long", 2_000, 8_000),
    INPUT_GARBAGE("bytes that are no hits", 0, 0),
    INPUT_REPEATED("hits sent again", 0, 0),
    INPUT_SILENT("no hits", 2_000, 8_000);

    private final String what;
    private final Duration shortest;
    private final Duration longest;

    Kind(String what, int shortestMs, int longestMs) {
        this.what = what;
        this.shortest = Duration.ofMillis(shortestMs);
        this.longest = Duration.ofMillis(longestMs);
    }

    String what() {
        return what;
    }

    Duration shortest() {
        return shortest;
    }

    Duration longest() {
        return longest;
    }
}
