package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Turns names and texts into {@link Settings}, or reports everything that is wrong with them at once. */
final class SettingsReader {
    /** A series is one record of some 7 bytes for each: half of what a record may have, for the rest waits ahead of time. */
    private static final long MOST_SLICES = 500_000;

    private static final Duration LEAST_STALL_TIMEOUT = Duration.ofSeconds(15);

    private final Values values;
    private final HitSettings hits;

    private SettingsReader(Values values) {
        this.values = values;
        this.hits = new HitSettings(values);
    }

    /**
     * @param known problems that were found before
     * @throws InvalidSettingsException when anything is wrong
     */
    static Settings read(Map<String, String> texts, List<String> known) {
        ResolvedTexts resolved = new ResolvedTexts(texts);
        Values values = new Values(resolved.texts());
        Settings settings = new SettingsReader(values).assemble();
        List<String> problems = new ArrayList<>(known);
        problems.addAll(resolved.problems());
        problems.addAll(values.problems());
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(
                    problems.stream().distinct().map(resolved::withoutSecret).toList());
        }
        return settings;
    }

    private Settings assemble() {
        requireTopicsApart();
        Settings.Topics topics = topics();
        Settings.Pace pace = new Settings.Pace(
                values.duration(WATERMARK_DELAY),
                values.duration(WATERMARK_INTERVAL),
                OFF.equals(values.value(PUBLISH_EARLY)) ? Settings.Pace.NEVER : values.duration(PUBLISH_EARLY),
                values.duration(PUBLISH_ALIVE),
                values.duration(IDLE_TIMEOUT),
                stallTimeout(),
                values.duration(MAX_FUTURE));
        requireStallAfterIdle(pace);
        Map<String, String> registry = registry();
        Map<String, String> kafka = values.withPrefix(KAFKA_PREFIX);
        kafka.put("bootstrap.servers", values.string(BOOTSTRAP_SERVERS));
        return new Settings(
                values.string(APPLICATION_ID),
                values.string(STATE_DIR),
                values.flag(STATE_DIR_TEMPORARY),
                values.number(STATE_MEMORY_MB),
                topics,
                hits.rules(),
                rolling(),
                values.number(ITEMS_MAX),
                pace,
                hits.deduplication(),
                new AlertSettings(values).alerts(),
                values.share(DEAD_LETTERS_MAX_SHARE),
                values.flag(VISITORS),
                values.flag(CONDENSE),
                http(),
                registry,
                kafka);
    }

    private Settings.Topics topics() {
        return new Settings.Topics(
                values.string(TOPICS_INPUT),
                values.string(TOPICS_METRICS),
                values.string(TOPICS_INTERVALS),
                values.string(TOPICS_DEAD_LETTERS),
                values.flag(TOPICS_CREATE),
                values.string(VALUE_SERIALIZER));
    }

    private Map<String, String> registry() {
        Map<String, String> registry = values.texts().entrySet().stream()
                .filter(setting -> REGISTRY_SETTINGS.contains(setting.getKey())
                        || setting.getKey().startsWith(REGISTRY_TLS_PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        registry.put(REGISTRY_URL, values.string(REGISTRY_URL));
        requireUsable(registry);
        return registry;
    }

    private void requireUsable(Map<String, String> registry) {
        if (REGISTRY_SETTINGS.stream().noneMatch(values::isRefused)) {
            try {
                RegistryClient.requireUsable(registry);
            } catch (ConfigException e) {
                values.problem("schema registry: " + e.getMessage());
            }
        }
    }

    private Settings.Http http() {
        Optional<HttpAddress> listen = address(HTTP_LISTEN);
        Optional<Password> token = values.value(HTTP_TOKEN) instanceof Password password
                        && !password.value().isEmpty()
                ? Optional.of(password)
                : Optional.empty();
        boolean isInsecure = values.flag(HTTP_INSECURE);
        if (listen.isPresent()
                && !listen.get().isLoopback()
                && token.isEmpty()
                && values.has(HTTP_TOKEN)
                && !isInsecure) {
            values.problem(HTTP_LISTEN + ": others can get to " + listen.get()
                    + ". Set http.token to what they must know, or http.insecure=true, or listen on 127.0.0.1.");
        }
        return new Settings.Http(listen, token, address(HTTP_PROBES_LISTEN));
    }

    private Optional<HttpAddress> address(String setting) {
        return values.has(setting) && !OFF.equals(values.value(setting))
                ? Optional.of(HttpAddress.parse(values.string(setting)))
                : Optional.empty();
    }

    private Duration stallTimeout() {
        if (!AUTO.equals(values.value(STALL_TIMEOUT))) {
            return values.duration(STALL_TIMEOUT);
        }
        return Collections.max(List.of(
                LEAST_STALL_TIMEOUT,
                values.duration(IDLE_TIMEOUT).multipliedBy(3),
                heldByQuietPartition().multipliedBy(2)));
    }

    /** A quiet partition holds time until it is idle, and may tell so one watermark later. */
    private void requireStallAfterIdle(Settings.Pace pace) {
        Duration held = heldByQuietPartition();
        if (pace.stallTimeout().compareTo(held) <= 0
                && values.has(STALL_TIMEOUT)
                && values.has(IDLE_TIMEOUT)
                && values.has(WATERMARK_INTERVAL)) {
            values.problem(
                    STALL_TIMEOUT + ": " + pace.stallTimeout() + " is too short: with this " + IDLE_TIMEOUT + " and "
                            + WATERMARK_INTERVAL + " a quiet partition may hold time for " + held + ". Use "
                            + held.multipliedBy(2) + ".");
        }
    }

    private Duration heldByQuietPartition() {
        return values.duration(IDLE_TIMEOUT)
                .plus(values.duration(WATERMARK_INTERVAL).multipliedBy(2));
    }

    private void requireTopicsApart() {
        Map<String, String> roles = new HashMap<>();
        for (String role :
                List.of(TOPICS_INPUT, TOPICS_METRICS, TOPICS_INTERVALS, TOPICS_DEAD_LETTERS, TOPICS_ALERTS)) {
            String other = values.has(role) ? roles.put(values.string(role), role) : null;
            if (other != null) {
                values.problem(role + ": \"" + values.string(role) + "\" is " + other
                        + " already. Give each a topic of its own.");
            }
        }
    }

    private Settings.Rolling rolling() {
        Settings.Rolling rolling = new Settings.Rolling(windows(), intervals(), values.duration(GRACE));
        boolean isComplete =
                !rolling.windows().isEmpty() && !rolling.intervals().isEmpty();
        if (isComplete && rolling.sliceMs() < WindowText.SHORTEST.toMillis()) {
            values.problem(WINDOWS + ": the slides and intervals have only " + Duration.ofMillis(rolling.sliceMs())
                    + " in common. Choose them as multiples of one duration, " + WindowText.SHORTEST + " or longer.");
        }
        if (isComplete && rolling.mostSlices() > MOST_SLICES) {
            values.problem(WINDOWS + ": with these windows, intervals and grace " + rolling.mostSlices()
                    + " slices may have to be remembered of one series; " + MOST_SLICES
                    + " are the most. Let the longest windows slide in larger steps.");
        }
        return rolling;
    }

    private List<Window> windows() {
        return values.distinct(WINDOWS, WindowText::parse);
    }

    private List<Slices> intervals() {
        ZoneId zone = values.has(INTERVALS_ZONE) ? ZoneId.of(values.string(INTERVALS_ZONE)) : ZoneOffset.UTC;
        return values.distinct(INTERVALS, text -> interval(WindowText.parseWidth("interval", text), zone));
    }

    /** Whole days are days of the calendar; everything else is aligned to the epoch. */
    private static Slices interval(Duration width, ZoneId zone) {
        boolean isWholeDays = width.equals(Duration.ofDays(width.toDays()));
        return isWholeDays ? Slices.days((int) width.toDays(), zone) : Slices.every(width.toMillis());
    }
}
