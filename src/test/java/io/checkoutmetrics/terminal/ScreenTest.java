package io.checkoutmetrics.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final Map<String, String> SMALL = Map.of("COLUMNS", "40", "LINES", "5", "TERM", "xterm");

    @Test
    void pictures_areDrawnOverEachOther_andTheCursorComesBack() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), SMALL)) {
            assertThat(screen.size()).isEqualTo(new TerminalSize(40, 5));
            screen.show(List.of("one", "two"));
            screen.show(List.of("1", "2", "3", "4", "5"));
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?25l"
                        + "\u001b[2J\u001b[H\u001b[Kone\r\n\u001b[Ktwo\r\n\u001b[J"
                        + "\u001b[H\u001b[K1\r\n\u001b[K2\r\n\u001b[K3\r\n\u001b[K4\r\n\u001b[K5"
                        + "\u001b[0m\u001b[?25h\r\n");
    }

    @Test
    void terminalThatIsGone_isNoticed() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        try (Screen screen = new Screen(new PrintStream(gone, true, StandardCharsets.UTF_8), SMALL)) {
            assertThat(screen.show(List.of("one"))).isFalse();
        }
    }

    @Test
    void sizes_areReadAsSttyPrintsThem() {
        assertThat(TerminalSize.parse("24 80\n")).contains(new TerminalSize(80, 24));
        assertThat(TerminalSize.parse("0 0")).isEmpty();
        assertThat(TerminalSize.parse(" ")).isEmpty();
        assertThat(TerminalSize.parse("24 80 1")).isEmpty();
        assertThat(TerminalSize.parse("many few")).isEmpty();
    }
}
