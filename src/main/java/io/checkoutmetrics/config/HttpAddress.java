package io.checkoutmetrics.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the HTTP server listens.
 *
 * @param host a name or an address, IPv6 without its brackets
 * @param port 0 to 65,535; 0 is any free one
 */
public record HttpAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z0-9.-]{1,253})|\\[([0-9A-Fa-f:.]{2,45})]):([0-9]{1,5})");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|(0{0,4}:){2,7}0{0,3}1", Pattern.CASE_INSENSITIVE);
    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException with a message that shows the forms */
    static HttpAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(3)) > LAST_PORT) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" is no address. Write host:port such as 127.0.0.1:8080 or [::1]:8080 (port 0: any free one), or off.");
        }
        String host = form.group(1) != null ? form.group(1) : form.group(2);
        return new HttpAddress(host, Integer.parseInt(form.group(3)));
    }

    /** Whether only this machine can get there. Told by the text alone: a name other than localhost is not looked up. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /** As it is written in the settings: {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
