package io.checkoutmetrics.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void counts_takeSevenColumnsAtMost() {
        assertThat(Numbers.count(0)).isEqualTo("0");
        assertThat(Numbers.count(999_999)).isEqualTo("999,999");
        assertThat(Numbers.count(1_000_000)).isEqualTo("1.00M");
        assertThat(Numbers.count(999_499_999)).isEqualTo("999M");
        assertThat(Numbers.count(999_500_000)).isEqualTo("1.00G");
        assertThat(Numbers.count(Long.MAX_VALUE)).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void ratesPerThousand_haveThreeDigitsOrSo_andNoneWithoutHits() {
        assertThat(Numbers.perThousand(12, 1_204L)).isEqualTo("9.97");
        assertThat(Numbers.perThousand(9_996, 1_000_000L)).isEqualTo("10.0");
        assertThat(Numbers.perThousand(13, 1_000L)).isEqualTo("13.0");
        assertThat(Numbers.perThousand(9_996, 100_000L)).isEqualTo("100");
        assertThat(Numbers.perThousand(1, 1L)).isEqualTo("1,000");
        assertThat(Numbers.perThousand(0, 5L)).isEqualTo("0.00");
        assertThat(Numbers.perThousand(3, 0L)).isEqualTo("-");
        assertThat(Numbers.perThousand(3, null)).isEqualTo("-");
        assertThat(Numbers.perThousand(Long.MAX_VALUE, 1L)).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void changes_haveASign_andFiveColumnsAtMost() {
        assertThat(Numbers.change(12, 10)).isEqualTo("+20%");
        assertThat(Numbers.change(0, 10)).isEqualTo("-100%");
        assertThat(Numbers.change(10, 10)).isEqualTo("0%");
        assertThat(Numbers.change(0, 0)).isEqualTo("0%");
        assertThat(Numbers.change(3, 0)).isEqualTo("new");
        assertThat(Numbers.change(Long.MAX_VALUE, 1)).isEqualTo(">999%");
    }

    @Test
    void shares_ofLittleAreNotNothing_andOfLateTotalsNotMoreThanAll() {
        assertThat(Numbers.share(1, 1_000)).isEqualTo("<1%");
        assertThat(Numbers.share(0, 10)).isEqualTo("0%");
        assertThat(Numbers.share(12, 10)).isEqualTo("100%");
        assertThat(Numbers.share(1, 0)).isEqualTo("-");
    }

    @Test
    void durations_takeFewColumns() {
        assertThat(Numbers.ago(null)).isEqualTo("-");
        assertThat(Numbers.ago(Duration.ofSeconds(-3))).isEqualTo("0s");
        assertThat(Numbers.ago(Duration.ofSeconds(99))).isEqualTo("99s");
        assertThat(Numbers.ago(Duration.ofSeconds(100))).isEqualTo("1m");
        assertThat(Numbers.ago(Duration.ofHours(99))).isEqualTo("99h");
        assertThat(Numbers.ago(Duration.ofDays(9_999))).isEqualTo("999d");
        assertThat(Numbers.age(Duration.ofMillis(9_949))).isEqualTo("9.9s");
        assertThat(Numbers.age(Duration.ofMillis(9_950))).isEqualTo("9s");
        assertThat(Numbers.size(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThat(Numbers.size(Duration.ofHours(24))).isEqualTo("24h");
        assertThat(Numbers.size(Duration.ofDays(7))).isEqualTo("7d");
    }
}
