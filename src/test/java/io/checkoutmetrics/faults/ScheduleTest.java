package io.checkoutmetrics.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final EnumSet<Kind> ALL = EnumSet.allOf(Kind.class);

    @Test
    void sameSeed_drawsTheSameFaults_andAnotherSeedOthers() {
        assertThat(Schedule.draw(7, 100, ALL)).isEqualTo(Schedule.draw(7, 100, ALL));
        assertThat(Schedule.draw(7, 100, ALL)).isNotEqualTo(Schedule.draw(8, 100, ALL));
    }

    @Test
    void longerSchedule_beginsLikeTheShorterOne() {
        assertThat(Schedule.draw(7, 100, ALL))
                .startsWith(Schedule.draw(7, 20, ALL).toArray(Fault[]::new));
    }

    @Test
    void everyKind_comesBeforeAnyComesAgain() {
        List<Fault> faults = Schedule.draw(7, ALL.size(), ALL);

        assertThat(faults).extracting(Fault::kind).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(faults)
                .allSatisfy(fault -> assertThat(fault.lasting())
                        .isBetween(fault.kind().shortest(), fault.kind().longest()));
    }
}
