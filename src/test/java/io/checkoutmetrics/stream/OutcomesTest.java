package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomesTest {
    private final Outcomes outcomes = new Outcomes();

    private long excluded(String kind) {
        return outcomes.get(Outcomes.exclusion(kind));
    }

    @Test
    void knownReasons_areCounted_howeverManyOthersWereSeenBefore() {
        for (int i = 0; i < 300; i++) {
            outcomes.excluded("because of " + i);
        }
        outcomes.excluded("exclude_hit=4");
        outcomes.excluded("exclude_hit");
        outcomes.excluded("7"); // of an exclude_hit that is the field itself
        outcomes.excluded("customer_perspective=1");
        outcomes.excluded("hit_source=5");
        outcomes.excluded("hit_source=9");
        outcomes.excluded("duplicate_purchase=1");
        outcomes.excluded("exclude_hitherto");
        assertThat(excluded("exclude_hit")).isEqualTo(3);
        assertThat(excluded("customer_perspective")).isEqualTo(1);
        assertThat(excluded("hit_source")).isEqualTo(2);
        assertThat(excluded("duplicate_purchase")).isEqualTo(1);
        assertThat(excluded("other")).isEqualTo(301);
        assertThat(outcomes.get("excluded"))
                .isEqualTo(
                        Outcomes.exclusions().stream().mapToLong(this::excluded).sum());
        assertThat(outcomes.snapshot()).as("bounded").hasSizeLessThan(20);
    }
}
