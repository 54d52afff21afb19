package io.checkoutmetrics.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void rateAndRest_areThoseOfTheLastSeconds() {
        ProgressBar bar = new ProgressBar("writing", ProgressBar.Unit.HITS, OptionalLong.of(2_000_000));

        assertThat(bar.line(0, seconds(0), 100))
                .isEqualTo("writing  [..............................]   0%  0 of 2,000,000 hits");
        assertThat(bar.line(500_000, seconds(5), 100))
                .isEqualTo(
                        "writing  [#######.......................]  25%  500,000 of 2,000,000 hits  100,000/s  0:15 left");
        assertThat(bar.line(600_000, seconds(105), 100)).endsWith("600,000 of 2,000,000 hits  1,000/s  23:20 left");
        assertThat(bar.line(600_000, seconds(205), 100)).endsWith("600,000 of 2,000,000 hits  0/s");
        assertThat(bar.line(2_000_000, seconds(305), 100))
                .isEqualTo("writing  [##############################] 100%  2,000,000 of 2,000,000 hits  14,000/s");
    }

    @Test
    void bytes_areRounded_andAnUnknownEndHasNoBar() {
        ProgressBar bar = new ProgressBar("reading", ProgressBar.Unit.BYTES, OptionalLong.empty());

        assertThat(bar.line(999, seconds(1), 80)).isEqualTo("reading  999 B");
        assertThat(bar.line(1_230_000_999, seconds(2), 80)).isEqualTo("reading  1.2 GB  1.2 GB/s");
        assertThat(new ProgressBar("reading", ProgressBar.Unit.BYTES, OptionalLong.of(45_600_000))
                        .line(22_800_000, seconds(1), 80))
                .isEqualTo("reading  [###############...............]  50%  23 MB of 46 MB");
    }

    @Test
    void everyLine_fits_andNothingToDoIsDone() {
        for (int columns = 24; columns < 120; columns++) {
            ProgressBar bar = new ProgressBar("writing", ProgressBar.Unit.HITS, OptionalLong.of(2_000_000));
            bar.line(0, seconds(0), columns);
            assertThat(bar.line(1_999_999, seconds(9), columns)).hasSizeLessThanOrEqualTo(columns);
        }
        assertThat(new ProgressBar("writing", ProgressBar.Unit.HITS, OptionalLong.of(0)).line(0, seconds(0), 80))
                .isEqualTo("writing  [##############################] 100%  0 of 0 hits");
    }
}
