package io.checkoutmetrics.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SubscriberTalkTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final SubscriberTalk talk = new SubscriberTalk(new PrintStream(err, true, UTF_8));
    private final long startNanos = System.nanoTime();

    private void look(int second, String trouble, long broken) {
        talk.look(trouble, broken, startNanos + TimeUnit.SECONDS.toNanos(second));
    }

    @Test
    void trouble_isToldWhenItBegins_andWhenItIsOver() {
        look(0, "", 0);
        look(1, "no broker answers at a:1", 0);
        look(2, "no broker answers at a:1", 0);
        look(3, "", 0);
        look(4, "", 0);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly("Waiting: no broker answers at a:1", "It goes on: what waited comes now.");
    }

    @Test
    void recordsThatCannotBeRead_areCounted_onceInTenSeconds() {
        look(0, "", 1);
        look(1, "", 1);
        look(2, "", 7);
        look(9, "", 8);
        look(11, "", 9);
        look(30, "", 9);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "1 record could not be read and is left out", "9 records could not be read and are left out");
    }
}
