package io.checkoutmetrics.faults;

/** What is done to instances or brokers while subscribers watch how long they get nothing. */
enum Scenario {
    NOTHING("nothing"),
    KILLED("instance killed (`kill -9`), the other takes over"),
    STOPPED("instance stopped (SIGTERM), the other takes over"),
    JOINED("instance comes back and takes its share"),
    BOUNCED("instance stopped and started again"),
    KILLED_AND_BACK("instance killed and started again"),
    SCALED("one instance becomes three, and one again"),
    BROKERS_DOWN("all brokers killed; from their return"),
    REGISTRY_DOWN("registry not to be reached, hits in a new schema; from its return");

    private final String what;

    Scenario(String what) {
        this.what = what;
    }

    /** Whether it is about the instance that the scenario before it has stopped. */
    boolean isOfWhoIsGone() {
        return this == JOINED || this == SCALED;
    }

    /** Whether nothing can come until it is over. */
    boolean isOutage() {
        return this == BROKERS_DOWN || this == REGISTRY_DOWN;
    }

    String what() {
        return what;
    }
}
