package io.checkoutmetrics.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. Nobody but readers; nobody whom a browser brings along under a name that is not ours (DNS rebinding: a
 * page of somebody else's, whose name resolves to this address all of a sudden, could read what we answer); and nobody
 * without the token where there is one.
 */
final class Gate {
    /** An address, a name without dots, or a name below {@code localhost}: none of them is somebody else's to give. */
    private static final Pattern LOCAL_HOST = Pattern.compile(
            "(?:\\[[0-9a-f:.%]{2,60}]|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|(?:[a-z0-9-]{1,63}\\.)?localhost|[a-z0-9_-]{1,63})(?::[0-9]{1,5})?");

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final Optional<byte[]> tokenDigest;
    private final String ownName;

    /** @param ownName the name or address that the listener was told to listen on */
    Gate(Optional<String> token, String ownName) {
        this.tokenDigest = token.map(Gate::digest);
        this.ownName = ownName.toLowerCase(Locale.ROOT);
    }

    /** Why a request is not let in. @param isOpen whether the route needs no token */
    Optional<Answer> refusal(HttpExchange exchange, boolean isOpen) {
        Headers headers = exchange.getRequestHeaders();
        if (!METHODS.contains(exchange.getRequestMethod())) {
            return Optional.of(
                    Answer.text(405, "Only GET and HEAD are answered here.").with("Allow", "GET, HEAD"));
        }
        if (headers.containsKey("Transfer-encoding") || !"0".equals(first(headers, "Content-length", "0"))) {
            return Optional.of(Answer.text(400, "A request has no body here."));
        }
        if (!isOurs(headers.get("Host"))) {
            return Optional.of(
                    Answer.text(
                            421,
                            "This host name is not known here. Use the address, localhost or a name without dots; other names need http.token to be set."));
        }
        if (!isOpen && tokenDigest.isPresent() && !knowsToken(first(headers, "Authorization", ""))) {
            return Optional.of(Answer.text(401, "A token is needed: Authorization: Bearer, or as a password.")
                    .with("WWW-Authenticate", "Basic realm=\"checkout-metrics\", charset=\"UTF-8\""));
        }
        return Optional.empty();
    }

    private static String first(Headers headers, String name, String otherwise) {
        String value = headers.getFirst(name);
        return value == null ? otherwise : value;
    }

    /** With a token any name will do: a page that got here under a name of its own does not have it. */
    private boolean isOurs(@Nullable List<String> hosts) {
        if (hosts == null || hosts.size() != 1) {
            return false;
        }
        String host = hosts.get(0).toLowerCase(Locale.ROOT);
        return tokenDigest.isPresent()
                || LOCAL_HOST.matcher(host).matches()
                || withoutPort(host).equals(ownName);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    /** A monitoring system sends it as bearer token, a browser as password of any user. */
    private boolean knowsToken(String authorization) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
        String credentials = authorization.substring(space + 1).trim();
        return switch (scheme) {
            case "bearer" -> isToken(credentials);
            case "basic" -> isToken(password(credentials));
            default -> false;
        };
    }

    private static String password(String credentials) {
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return userAndPassword.substring(userAndPassword.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Of digests, so that the time it takes tells neither how much of it is right nor how long it is. */
    private boolean isToken(String candidate) {
        return MessageDigest.isEqual(tokenDigest.orElseThrow(), digest(candidate));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
