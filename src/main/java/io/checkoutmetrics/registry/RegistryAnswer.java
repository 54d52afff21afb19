package io.checkoutmetrics.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One HTTP answer of an endpoint. Judged by its cause here, and only here. */
final class RegistryAnswer {
    /** The registry's own codes for an HTTP 404. */
    static final int SUBJECT_NOT_FOUND = 40401;

    static final int VERSION_NOT_FOUND = 40402;
    static final int SCHEMA_NOT_FOUND = 40403;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 200;

    private final Endpoint endpoint;
    private final String asked;
    private final int status;
    private final boolean tooLarge;
    private final @Nullable JsonNode json;

    /** @param asked what was asked for, as messages call it */
    RegistryAnswer(Endpoint endpoint, String asked, int status, CappedBody.Body body) {
        this.endpoint = endpoint;
        this.asked = asked;
        this.status = status;
        this.tooLarge = body.tooLarge();
        this.json = parse(body.bytes());
    }

    /**
     * This answer, if it is a success in JSON; throws what else it is.
     *
     * @param unknownCodes the registry's own codes that mean: what was asked for is not there
     */
    RegistryAnswer successOrThrow(Set<Integer> unknownCodes) {
        if (status == 200) {
            if (tooLarge) {
                throw noRegistry("the answer is larger than allowed");
            }
            if (json == null) {
                throw noRegistry("the answer is not JSON");
            }
            return this;
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new RegistryException.Unavailable(
                    said() + ". It should recover; if not, look at the registry's log.");
        }
        if (status == 404 && unknownCodes.contains(ownErrorCode())) {
            throw new RegistryException.UnknownSchema(said() + ".");
        }
        throw new RegistryException.Refused(said() + ". " + remedy());
    }

    /** A text field that the API promises. */
    String text(String field) {
        if (!field(field).isTextual()) {
            throw noRegistry("the answer has no \"" + field + "\"");
        }
        return field(field).textValue();
    }

    /** An int field that the API promises. */
    int number(String field) {
        if (!field(field).isInt()) {
            throw noRegistry("the answer has no \"" + field + "\"");
        }
        return field(field).intValue();
    }

    /** A boolean field that the API promises. */
    boolean flag(String field) {
        if (!field(field).isBoolean()) {
            throw noRegistry("the answer has no \"" + field + "\"");
        }
        return field(field).booleanValue();
    }

    /** Any field; a missing node where there is none. */
    JsonNode field(String field) {
        return json == null ? JSON.missingNode() : json.path(field);
    }

    private RegistryException.Refused noRegistry(String why) {
        return new RegistryException.Refused("schema registry " + endpoint + ", asked for " + asked + ": " + why
                + ". Check that " + RegistrySettings.URL + " is the base URL of a schema registry.");
    }

    private String said() {
        String quote = quoted(field("message").asText(""));
        int code = ownErrorCode();
        return "schema registry " + endpoint + ", asked for " + asked + ": HTTP " + status
                + (code == 0 || code == status ? "" : " (" + code + ")")
                + (quote.isEmpty() ? "" : " \"" + quote + "\"");
    }

    /** What a registry says, fit to be shown: in one line, and not a long one. */
    static String quoted(String text) {
        String quote = text.replaceAll("\\p{Cntrl}", " ");
        return quote.length() > LONGEST_QUOTE ? quote.substring(0, LONGEST_QUOTE) + "…" : quote;
    }

    private String remedy() {
        if (status == 401) {
            return "Set valid credentials: " + Authorization.BASIC_SOURCE + " and " + Authorization.BASIC_USER_INFO
                    + ", or " + Authorization.BEARER_TOKEN + ".";
        }
        if (status == 403) {
            return "Grant these credentials access.";
        }
        if (status / 100 == 3) {
            return "Redirects are not followed: set " + RegistrySettings.URL + " to where it points.";
        }
        if (status == 404) {
            return "This 404 is not what a schema registry says of something it lacks: check " + RegistrySettings.URL
                    + ", its path too.";
        }
        if (status == 409) {
            return "The schema is not compatible with the subject's versions: register one that is.";
        }
        return "Check " + RegistrySettings.URL + ".";
    }

    private int ownErrorCode() {
        return field("error_code").asInt(0);
    }

    private static @Nullable JsonNode parse(byte[] body) {
        try {
            JsonNode parsed = JSON.readTree(new String(body, UTF_8));
            return parsed == null || parsed.isMissingNode() ? null : parsed;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
