package io.checkoutmetrics.feed;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of a data feed's event numbers, as Adobe's {@code s.events} spells them. Immutable.
 *
 * <p>Adobe's standard numbers (its {@code event.tsv}): 1 purchase, 2 prodView, 10 scOpen, 11 scCheckout, 12 scAdd,
 * 13 scRemove, 14 scView, 20 a campaign's view, 100–199 and 10000–10149 instances of eVar1–eVar250, 200–299 event1–100
 * and 20100–20999 event101–1000; 300–1199 go on as event101–1000. A number without a name stays a number, which no
 * event's name is.
 */
final class EventNames {
    static final EventNames STANDARD = new EventNames(Map.of());

    private static final Map<String, String> STANDARD_NUMBERS = Map.of(
            "1", "purchase",
            "2", "prodView",
            "10", "scOpen",
            "11", "scCheckout",
            "12", "scAdd",
            "13", "scRemove",
            "14", "scView",
            "20", "campaignView");

    /** Names in lookups, in lower case, the plural taken off. */
    private static final Map<String, String> LOOKUP_NAMES = Map.of(
            "purchase", "purchase",
            "product view", "prodView",
            "cart open", "scOpen",
            "checkout", "scCheckout",
            "cart add", "scAdd",
            "cart remove", "scRemove",
            "cart view", "scView",
            "campaign view", "campaignView");

    private static final Pattern CUSTOM_EVENT = Pattern.compile("(?:custom )?event ?([1-9][0-9]{0,3})");
    private static final Pattern EVAR_INSTANCE = Pattern.compile("instances? of evar ?([1-9][0-9]{0,2})");

    private final Map<String, String> corrections;

    private EventNames(Map<String, String> corrections) {
        this.corrections = Map.copyOf(corrections);
    }

    /**
     * The standard numbers as corrected by a feed's {@code event.tsv}, number to name. Names that are none of Adobe's
     * own — translated ones, say — correct nothing.
     */
    static EventNames correctedBy(Map<String, String> lookup) {
        Map<String, String> corrections = new HashMap<>();
        lookup.forEach((number, name) -> ofLookupName(name).ifPresent(known -> corrections.put(number, known)));
        return new EventNames(corrections);
    }

    /** Whether a lookup named any event: else it was no {@code event.tsv}. */
    boolean isCorrected() {
        return !corrections.isEmpty();
    }

    /** The event's name; the text itself where it is no known number. */
    String nameOf(String number) {
        String corrected = corrections.get(number);
        return corrected != null ? corrected : standardNameOf(number);
    }

    private static String standardNameOf(String number) {
        String name = STANDARD_NUMBERS.get(number);
        return name != null ? name : rangeNameOf(number);
    }

    private static String rangeNameOf(String number) {
        int n = smallNumber(number);
        if (n >= 100 && n < 200) {
            return eVarInstances(n - 99);
        } else if (n >= 200 && n < 1200) {
            return "event" + (n - 199);
        } else if (n >= 10_000 && n < 10_150) {
            return eVarInstances(n - 9_899);
        } else if (n >= 20_100 && n < 21_000) {
            return "event" + (n - 19_999);
        }
        return number;
    }

    private static String eVarInstances(int n) {
        return "evar" + n + "instances";
    }

    private static Optional<String> ofLookupName(String name) {
        String folded = name.strip().toLowerCase(Locale.ROOT);
        @Nullable
        String known = LOOKUP_NAMES.get(folded.endsWith("s") ? folded.substring(0, folded.length() - 1) : folded);
        if (known != null) {
            return Optional.of(known);
        }
        for (String own : STANDARD_NUMBERS.values()) {
            if (own.equalsIgnoreCase(folded)) {
                return Optional.of(own);
            }
        }
        Matcher event = CUSTOM_EVENT.matcher(folded);
        if (event.matches()) {
            return Optional.of("event" + event.group(1));
        }
        Matcher instance = EVAR_INSTANCE.matcher(folded);
        return instance.matches() ? Optional.of(eVarInstances(Integer.parseInt(instance.group(1)))) : Optional.empty();
    }

    /** 0 to 99999, written as numbers are in a feed; -1 for anything else. */
    private static int smallNumber(String text) {
        if (text.isEmpty() || text.length() > 5 || text.charAt(0) == '0') {
            return -1;
        }
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            n = n * 10 + (c - '0');
        }
        return n;
    }
}
