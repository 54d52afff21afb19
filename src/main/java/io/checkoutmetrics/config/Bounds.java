package io.checkoutmetrics.config;

import io.checkoutmetrics.hit.DedupMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** What a setting may be. */
final class Bounds {
    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,256}");

    private Bounds() {}

    static ConfigDef.Validator notBlank() {
        return checked("any but nothing", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("must not be empty.");
            }
        });
    }

    /** The application's ID is held to it as well, since names of topics begin with it. */
    static ConfigDef.Validator topicName() {
        return checked("1 to 249 letters, digits, dots, _ and -", text -> {
            if (!TOPIC_NAME.matcher(text).matches() || text.equals(".") || text.equals("..")) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" cannot name a topic. Use 1 to 249 ASCII letters, digits, dots, _ and -.");
            }
        });
    }

    static ConfigDef.Validator notEmpty() {
        return described("one or more, each once", ConfigDef.ValidList.anyNonDuplicateValues(false, false));
    }

    static ConfigDef.Validator distinct() {
        return described("any, each once", ConfigDef.ValidList.anyNonDuplicateValues(true, false));
    }

    private static ConfigDef.Validator described(String bounds, ConfigDef.Validator validator) {
        return ConfigDef.LambdaValidator.with(validator::ensureValid, () -> bounds);
    }

    static ConfigDef.Validator dedupMode() {
        return checked("event-id, visit or always", DedupMode::ofText);
    }

    static ConfigDef.Validator timeZone() {
        return checked("a time zone", text -> {
            try {
                ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no time zone. Name one such as UTC, Europe/Paris or America/New_York.");
            }
        });
    }

    static ConfigDef.Validator timeZoneOr(String word) {
        ConfigDef.Validator zone = timeZone();
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (!word.equals(value)) {
                        zone.ensureValid(name, value);
                    }
                },
                () -> word + ", or " + zone);
    }

    /** Bounds are written as they are to be shown. */
    static ConfigDef.Validator decimal(String least, String most) {
        return checked(least + " to " + most, text -> {
            double number = parsed(text);
            if (!(number >= parsed(least) && number <= parsed(most))) {
                throw new IllegalArgumentException(text + " is out of bounds. Use " + least + " to " + most + ".");
            }
        });
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no number. Write it as 0.5.");
        }
    }

    static ConfigDef.Validator duration(Duration least, Duration most) {
        return checked(Durations.text(least) + " to " + Durations.text(most), text -> {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException(duration + " is out of bounds. Use " + least + " to " + most + ".");
            }
        });
    }

    static ConfigDef.Validator durationOr(String word, Duration least, Duration most) {
        ConfigDef.Validator duration = duration(least, most);
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (!word.equals(value)) {
                        duration.ensureValid(name, value);
                    }
                },
                () -> word + ", or " + duration);
    }

    static ConfigDef.Validator shareOr(String word) {
        return checked("0% to 100%, or " + word, text -> {
            if (!word.equals(text)) {
                Shares.parse(text);
            }
        });
    }

    static ConfigDef.Validator httpAddressOr(String word) {
        return checked("host:port, or " + word, text -> {
            if (!word.equals(text)) {
                HttpAddress.parse(text);
            }
        });
    }

    /** The value is never part of the message. */
    static ConfigDef.Validator tokenOrNone() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    String token = value instanceof Password password ? password.value() : "";
                    if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
                        throw new ConfigException(
                                name
                                        + ": cannot be a token. Use 16 to 256 ASCII letters, digits, dots, _, ~, +, /, = and -.");
                    }
                },
                () -> "none, or 16 to 256 letters, digits and ._~+/=-");
    }

    private static ConfigDef.Validator checked(String bounds, Consumer<String> check) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    try {
                        check.accept(String.valueOf(value));
                    } catch (IllegalArgumentException e) {
                        throw new ConfigException(name + ": " + e.getMessage());
                    }
                },
                () -> bounds);
    }
}
