package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.problems;
import static io.checkoutmetrics.config.TestSettings.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    private static final String TOKEN = "http.token=0123456789abcdef";

    @Test
    void byDefault_onlyThisMachineGetsThere() {
        assertThat(read().http())
                .isEqualTo(new Settings.Http(
                        Optional.of(new HttpAddress("127.0.0.1", 8080)), Optional.empty(), Optional.empty()));
    }

    @Test
    void off_isNowhere() {
        assertThat(read("http.listen=off").http().listen()).isEmpty();
    }

    @Test
    void probes_mayBeAnsweredToAnybody_sinceTheyNeedNoToken() {
        assertThat(read("http.probes.listen=0.0.0.0:8081").http().probes()).contains(new HttpAddress("0.0.0.0", 8081));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:0, 127.0.0.1, 0", "localhost:65535, localhost, 65535", "[::1]:8080, ::1, 8080"})
    void everyForm_isRead_andWrittenTheSame(String text, String host, int port) {
        HttpAddress address = read("http.listen=" + text).http().listen().orElseThrow();
        assertThat(address).isEqualTo(new HttpAddress(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8080", ":8080", "here", "127.0.0.1:", "h:65536", "h:-1", "::1:80", "http://h:80", "a b:1", ""})
    void whatIsNoAddress_isRefused_showingTheForms(String text) {
        assertThat(problems("http.listen=" + text))
                .containsExactly(
                        "http.listen: \"" + text
                                + "\" is no address. Write host:port such as 127.0.0.1:8080 or [::1]:8080 (port 0: any free one), or off.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8080", "[::]:8080", "10.1.2.3:80", "shop:80", "127.evil.com:80", "[::2]:80"})
    void addressThatOthersGetTo_needsATokenOrTheWordInsecure(String address) {
        assertThat(problems("http.listen=" + address))
                .containsExactly("http.listen: others can get to " + address
                        + ". Set http.token to what they must know, or http.insecure=true, or listen on 127.0.0.1.");
        assertThat(read("http.listen=" + address, TOKEN).http().token()).contains(new Password("0123456789abcdef"));
        assertThat(read("http.listen=" + address, "http.insecure=true").http().token())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789 abcdef", "0123456789abcdé"})
    void tokenThatIsTooShortOrCannotBeAHeader_isRefused_withoutShowingIt(String token) {
        assertThat(problems("http.listen=0.0.0.0:80", "http.token=" + token))
                .singleElement()
                .asString()
                .startsWith("http.token: cannot be a token. Use 16 to 256")
                .doesNotContain(token);
    }

    @Test
    void token_isNotShownByAnyText() {
        assertThat(read(TOKEN).http().toString()).doesNotContain("0123456789abcdef");
    }
}
