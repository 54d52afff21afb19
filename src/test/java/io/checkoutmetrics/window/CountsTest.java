package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void oneCheckout_isOneWhateverItsIncrements_andNoHit() {
        assertThat(Counts.ofCheckout(3)).isEqualTo(new Counts(1, 3, 0));
        assertThat(Counts.ofHits(3)).isEqualTo(new Counts(0, 0, 3));
    }

    @Test
    void none_isNothingOfAnyMeasure() {
        assertThat(Counts.NONE.isNone()).isTrue();
        assertThat(new Counts(1, 0, 0).isNone()).isFalse();
        assertThat(new Counts(0, 1, 0).isNone()).isFalse();
        assertThat(new Counts(0, 0, 1).isNone()).isFalse();
    }

    @Property
    void whatWasAdded_canBeDeducted(
            @ForAll int a, @ForAll int b, @ForAll int c, @ForAll int d, @ForAll int e, @ForAll int f) {
        Counts before = new Counts(a, b, c);
        Counts added = new Counts(d, e, f);
        Counts sum = before.plus(added);
        assertThat(sum).isEqualTo(new Counts((long) a + d, (long) b + e, (long) c + f));
        assertThat(sum.minus(added)).isEqualTo(before);
        assertThat(before.plus(Counts.NONE)).isEqualTo(before);
    }
}
