package io.checkoutmetrics.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Turns base URLs and credentials, under Confluent's setting names, into endpoints. Never puts a value into a message.
 */
final class Authorization {
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String BASIC_USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";

    private static final String URL = RegistrySettings.URL;
    private static final String OLD_BASIC_USER_INFO = "schema.registry.basic.auth.user.info";

    private Authorization() {}

    static List<Endpoint> endpoints(AbstractConfig config) {
        String fixed = fixedHeader(config);
        List<Endpoint> endpoints = new ArrayList<>();
        for (String text : config.getList(URL)) {
            endpoints.add(endpoint(text.strip(), fixed));
        }
        if (endpoints.isEmpty()) {
            throw new ConfigException(
                    URL + " is empty. Set it to the registry's base URL, such as http://localhost:8081.");
        }
        return List.copyOf(endpoints);
    }

    private static Endpoint endpoint(String text, @Nullable String fixed) {
        URI url = httpUrl(text);
        String userInfo = url.getRawUserInfo();
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
        URI base = URI.create(url.getScheme() + "://" + hostAndPort(url) + path);
        if (fixed != null || userInfo == null) {
            return new Endpoint(base, fixed);
        }
        return new Endpoint(base, basic(URLDecoder.decode(userInfo.replace("+", "%2B"), UTF_8)));
    }

    private static URI httpUrl(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            if (scheme != null
                    && Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException notShown) {
            // The text may hold a password, and so does the exception's message.
        }
        throw new ConfigException(
                URL + " holds something that is no base URL. "
                        + "Use http://host:port or https://host:port, with a path if the registry has one; several separated by commas.");
    }

    private static String hostAndPort(URI url) {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    /** The header that goes to every base URL, or null if each brings its own or none. */
    private static @Nullable String fixedHeader(AbstractConfig config) {
        String bearer = bearer(config);
        String userInfo = userInfo(config);
        if (bearer != null && userInfo != null) {
            throw new ConfigException("both " + BEARER_TOKEN + " and " + BASIC_USER_INFO + " are set. Remove one.");
        }
        return bearer != null ? bearer : userInfo != null ? basic(userInfo) : null;
    }

    private static @Nullable String bearer(AbstractConfig config) {
        String source = config.getString(BEARER_SOURCE);
        if (source != null && !source.equals("STATIC_TOKEN")) {
            throw new ConfigException(BEARER_SOURCE + ": only STATIC_TOKEN is supported, with " + BEARER_TOKEN + ".");
        }
        Password token = config.getPassword(BEARER_TOKEN);
        if (token == null) {
            if (source != null) {
                throw new ConfigException(BEARER_SOURCE + " is STATIC_TOKEN, but " + BEARER_TOKEN + " is not set.");
            }
            return null;
        }
        return "Bearer " + headerSafe(BEARER_TOKEN, token.value().strip());
    }

    private static @Nullable String userInfo(AbstractConfig config) {
        return switch (config.getString(BASIC_SOURCE)) {
            case "URL" -> null;
            case "USER_INFO" -> {
                Object old = config.originals().get(OLD_BASIC_USER_INFO);
                Password userInfo = config.getPassword(BASIC_USER_INFO);
                String value =
                        userInfo != null ? userInfo.value() : old instanceof Password p ? p.value() : (String) old;
                if (value == null || value.indexOf(':') < 0) {
                    throw new ConfigException(
                            BASIC_SOURCE + " is USER_INFO, but " + BASIC_USER_INFO + " is not set to user:password.");
                }
                yield value;
            }
            default -> throw new ConfigException(BASIC_SOURCE + ": only URL and USER_INFO are supported.");
        };
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    private static String headerSafe(String setting, String value) {
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new ConfigException(
                    setting + " holds a character that no token has, such as a space or a line break.");
        }
        return value;
    }
}
