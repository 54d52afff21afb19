package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/** Turns names and texts into {@link Settings}, or reports everything that is wrong with them at once. */
final class SettingsReader {
    private static final Duration LEAST_STALL_TIMEOUT = Duration.ofSeconds(15);

    private final Map<String, String> texts;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    private SettingsReader(Map<String, String> texts) {
        this.texts = texts;
    }

    /** @throws InvalidSettingsException when anything is wrong */
    static Settings read(Map<String, String> texts) {
        ResolvedTexts resolved = new ResolvedTexts(texts);
        SettingsReader reader = new SettingsReader(resolved.texts());
        reader.problems.addAll(resolved.unresolved());
        reader.validate();
        Settings settings = reader.assemble();
        if (!reader.problems.isEmpty()) {
            throw new InvalidSettingsException(
                    reader.problems.stream().map(resolved::withoutSecret).toList());
        }
        return settings;
    }

    private void validate() {
        for (ConfigValue value : DEFINITION.validate(texts)) {
            if (!value.errorMessages().isEmpty()) { // those after the first only follow from it
                String message = value.errorMessages().get(0);
                String line = message.replace("Configuration '" + value.name() + "'", value.name() + ":")
                        .replaceFirst(
                                "^Invalid value (.*) for configuration " + Pattern.quote(value.name()) + ": ",
                                "\"$1\" cannot be used. ");
                problems.add(line.startsWith(value.name()) ? line : value.name() + ": " + line);
            }
            if (value.value() != null && value.errorMessages().isEmpty()) {
                values.put(value.name(), value.value());
            }
        }
        texts.keySet().stream().filter(name -> !isKnown(name)).forEach(name -> problems.add(unknown(name)));
    }

    private static boolean isKnown(String name) {
        return DEFINITION.names().contains(name)
                || REGISTRY_SETTINGS.contains(name)
                || name.equals(PROVIDERS_PREFIX)
                || PREFIXES.stream().anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
    }

    private static String unknown(String name) {
        return name + ": there is no such setting. Did you mean " + NearestName.of(name, DEFINITION.names())
                + "? Settings of Kafka begin with \"kafka.\".";
    }

    private Settings assemble() {
        requireTopicsApart();
        Settings.Topics topics = new Settings.Topics(
                string(TOPICS_INPUT),
                string(TOPICS_METRICS),
                string(TOPICS_INTERVALS),
                string(TOPICS_DEAD_LETTERS),
                Boolean.TRUE.equals(values.get(TOPICS_CREATE)),
                string(VALUE_SERIALIZER));
        Settings.Pace pace = new Settings.Pace(
                duration(WATERMARK_DELAY),
                duration(WATERMARK_INTERVAL),
                OFF.equals(values.get(PUBLISH_EARLY)) ? Settings.Pace.NEVER : duration(PUBLISH_EARLY),
                duration(PUBLISH_ALIVE),
                duration(IDLE_TIMEOUT),
                stallTimeout(),
                duration(MAX_FUTURE));
        requireStallAfterIdle(pace);
        Settings.Deduplication deduplication = new Settings.Deduplication(
                string(DEDUP_MODE).isEmpty() ? DedupMode.EVENT_ID : DedupMode.ofText(string(DEDUP_MODE)),
                modesBySuite(),
                duration(DEDUP_EVENT_ID_RETENTION),
                duration(DEDUP_VISIT_RETENTION),
                duration(DEDUP_HIT_ID_RETENTION));
        Map<String, String> registry = texts.entrySet().stream()
                .filter(setting -> REGISTRY_SETTINGS.contains(setting.getKey())
                        || setting.getKey().startsWith(REGISTRY_TLS_PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        registry.put(REGISTRY_URL, string(REGISTRY_URL));
        Map<String, String> kafka = withPrefix(KAFKA_PREFIX);
        kafka.put("bootstrap.servers", string(BOOTSTRAP_SERVERS));
        return new Settings(
                string(APPLICATION_ID),
                string(STATE_DIR),
                topics,
                hitRules(),
                rolling(),
                pace,
                deduplication,
                !Boolean.FALSE.equals(values.get(CONDENSE)),
                http(),
                registry,
                kafka);
    }

    private Settings.Http http() {
        Optional<HttpAddress> listen = values.containsKey(HTTP_LISTEN) && !OFF.equals(values.get(HTTP_LISTEN))
                ? Optional.of(HttpAddress.parse(string(HTTP_LISTEN)))
                : Optional.empty();
        Optional<Password> token = Optional.ofNullable(values.get(HTTP_TOKEN))
                .map(Password.class::cast)
                .filter(password -> !password.value().isEmpty());
        boolean isInsecure = Boolean.TRUE.equals(values.get(HTTP_INSECURE));
        if (listen.isPresent()
                && !listen.get().isLoopback()
                && token.isEmpty()
                && values.containsKey(HTTP_TOKEN)
                && !isInsecure) {
            problems.add(HTTP_LISTEN + ": others can get to " + listen.get()
                    + ". Set http.token to what they must know, or http.insecure=true, or listen on 127.0.0.1.");
        }
        return new Settings.Http(listen, token);
    }

    private Duration stallTimeout() {
        if (!AUTO.equals(values.get(STALL_TIMEOUT))) {
            return duration(STALL_TIMEOUT);
        }
        return Collections.max(List.of(
                LEAST_STALL_TIMEOUT,
                duration(IDLE_TIMEOUT).multipliedBy(3),
                heldByQuietPartition().multipliedBy(2)));
    }

    /** A quiet partition holds time until it is idle, and may tell so one watermark later. */
    private void requireStallAfterIdle(Settings.Pace pace) {
        Duration held = heldByQuietPartition();
        if (pace.stallTimeout().compareTo(held) <= 0
                && values.containsKey(STALL_TIMEOUT)
                && values.containsKey(IDLE_TIMEOUT)
                && values.containsKey(WATERMARK_INTERVAL)) {
            problems.add(
                    STALL_TIMEOUT + ": " + pace.stallTimeout() + " is too short: with this " + IDLE_TIMEOUT + " and "
                            + WATERMARK_INTERVAL + " a quiet partition may hold time for " + held + ". Use "
                            + held.multipliedBy(2) + ".");
        }
    }

    private Duration heldByQuietPartition() {
        return duration(IDLE_TIMEOUT).plus(duration(WATERMARK_INTERVAL).multipliedBy(2));
    }

    private void requireTopicsApart() {
        Map<String, String> roles = new HashMap<>();
        for (String role : List.of(TOPICS_INPUT, TOPICS_METRICS, TOPICS_INTERVALS, TOPICS_DEAD_LETTERS)) {
            String other = values.containsKey(role) ? roles.put(string(role), role) : null;
            if (other != null) {
                problems.add(
                        role + ": \"" + string(role) + "\" is " + other + " already. Give each a topic of its own.");
            }
        }
    }

    private HitRules hitRules() {
        HitRules rules = HitRules.defaults();
        if (values.containsKey(CHECKOUT_EVENTS)) {
            rules = changed(rules, it -> it.withCheckoutEvents(new LinkedHashSet<>(list(CHECKOUT_EVENTS))));
        }
        if (values.get(CHECKOUT_MAX_INCREMENT) instanceof Long most) {
            rules = changed(rules, it -> it.withMaxIncrement(most));
        }
        rules = changed(rules, it -> it.withDimensions(list(DIMENSIONS)));
        rules = changed(rules, it -> it.withFields(withPrefix(FIELDS_PREFIX)));
        return changed(rules, it -> it.withReportSuites(new LinkedHashSet<>(list(REPORT_SUITES))));
    }

    private HitRules changed(HitRules rules, UnaryOperator<HitRules> change) {
        try {
            return change.apply(rules);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return rules;
        }
    }

    private Settings.Rolling rolling() {
        Settings.Rolling rolling = new Settings.Rolling(windows(), intervals(), duration(GRACE));
        boolean isComplete =
                !rolling.windows().isEmpty() && !rolling.intervals().isEmpty();
        if (isComplete && rolling.sliceMs() < WindowText.SHORTEST.toMillis()) {
            problems.add(WINDOWS + ": the slides and intervals have only " + Duration.ofMillis(rolling.sliceMs())
                    + " in common. Choose them as multiples of one duration, " + WindowText.SHORTEST + " or longer.");
        }
        return rolling;
    }

    private List<Window> windows() {
        return distinct(WINDOWS, WindowText::parse);
    }

    private List<Slices> intervals() {
        ZoneId zone = values.containsKey(INTERVALS_ZONE) ? ZoneId.of(string(INTERVALS_ZONE)) : ZoneOffset.UTC;
        return distinct(INTERVALS, text -> interval(WindowText.parseWidth("interval", text), zone));
    }

    /** Whole days are days of the calendar; everything else is aligned to the epoch. */
    private static Slices interval(Duration width, ZoneId zone) {
        boolean isWholeDays = width.equals(Duration.ofDays(width.toDays()));
        return isWholeDays ? Slices.days((int) width.toDays(), zone) : Slices.every(width.toMillis());
    }

    /** Elements of a list, each named once, however it is written: 60s is 1m. */
    private <T> List<T> distinct(String name, Function<String, T> parser) {
        List<T> elements = new ArrayList<>();
        for (String text : list(name)) {
            try {
                T element = parser.apply(text);
                if (elements.contains(element)) {
                    problems.add(name + ": " + text + " is there already, written otherwise. Name each once.");
                }
                elements.add(element);
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }
        return elements;
    }

    private Map<String, DedupMode> modesBySuite() {
        Map<String, DedupMode> modes = new HashMap<>();
        withPrefix(DEDUP_MODE_PREFIX).forEach((suite, text) -> {
            try {
                modes.put(suite, DedupMode.ofText(text.trim()));
            } catch (IllegalArgumentException e) {
                problems.add(DEDUP_MODE_PREFIX + suite + ": " + e.getMessage());
            }
        });
        return modes;
    }

    private Map<String, String> withPrefix(String prefix) {
        return texts.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(prefix))
                .collect(Collectors.toMap(setting -> setting.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    /** The value, or an empty text when it was refused: its problem is known then. */
    private String string(String name) {
        return String.valueOf(values.getOrDefault(name, ""));
    }

    private Duration duration(String name) {
        String text = string(name);
        return text.isEmpty() ? Duration.ZERO : Durations.parse(text);
    }

    private List<String> list(String name) {
        if (!(values.get(name) instanceof List<?> parts)) {
            return List.of();
        }
        return parts.stream().map(part -> String.valueOf(part).trim()).toList();
    }
}
