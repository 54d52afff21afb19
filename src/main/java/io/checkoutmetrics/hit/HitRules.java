package io.checkoutmetrics.hit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the site decides about its hits: which events are a checkout, by what they are broken down, and how its
 * producers name things.
 *
 * @param checkoutEvents names of the qualifying events, at least one, case-sensitive; printable ASCII without {@code ,
 *     = :} and blanks
 * @param maxIncrement largest value of a qualifying event that is believed, at least 1
 * @param maxEventsBytes longest events string that is read, in bytes of UTF-8, at least 1
 * @param dimensions fields to break down by, in the order of {@link CheckoutHit#dimensionItems()}: {@code country} is a
 *     field of the hit, {@code dimensions.eVar5} the entry {@code eVar5} of its map {@code dimensions}; {@code product} and
 *     {@code category} are found in its field {@code products}, unless {@code fields} has them. Checkouts is a conversion
 *     metric: traffic variables (props) are refused
 * @param fields our name of a field to the producer's, such as {@code events} to {@code post_event_list}; unlisted
 *     fields have our name, or have it as alias
 * @param reportSuites the only report suites whose hits are accepted; empty: all
 * @param cartValue whether the prices of a checkout's products are added up; needs {@code currency} among the dimensions
 */
public record HitRules(
        Set<String> checkoutEvents,
        long maxIncrement,
        int maxEventsBytes,
        List<String> dimensions,
        Map<String, String> fields,
        Set<String> reportSuites,
        boolean cartValue) {

    /** The map of further dimensions. */
    static final String MAP = "dimensions";

    static final String MAP_PREFIX = MAP + ".";

    private static final String CURRENCY = "currency";

    private static final Pattern EVENT_NAME = Pattern.compile("[!-~&&[^,=:]]+");
    private static final Pattern PROP = Pattern.compile("(dimensions\\.)?(post_)?prop[0-9]+", Pattern.CASE_INSENSITIVE);

    public HitRules {
        checkoutEvents = Collections.unmodifiableSet(new LinkedHashSet<>(checkoutEvents));
        dimensions = List.copyOf(dimensions);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        reportSuites = Set.copyOf(reportSuites);
        require(!checkoutEvents.isEmpty(), "checkout.events: name at least one event, such as scCheckout");
        for (String event : checkoutEvents) {
            require(
                    EVENT_NAME.matcher(event).matches(),
                    "checkout.events: \"" + event + "\" cannot be an event's name: no blanks, commas, = or :");
        }
        require(maxIncrement >= 1, "the largest increment must be at least 1: " + maxIncrement);
        require(maxEventsBytes >= 1, "the longest events string must be at least 1 byte: " + maxEventsBytes);
        requireDimensions(dimensions);
        require(
                !cartValue || dimensions.contains(CURRENCY),
                "cart.value: amounts of different currencies do not add up, so carts have a value by currency only. Add currency to dimensions, or set cart.value=false.");
        fields.forEach((ours, theirs) ->
                require(!ours.isBlank() && !theirs.isBlank(), "fields." + ours + ": names the producer's field"));
    }

    /**
     * Adobe's {@code scCheckout}, values to 1,000,000, 64 KB of events, by country and campaign, our own field names,
     * every report suite, without the value of carts.
     */
    public static HitRules defaults() {
        return new HitRules(
                Set.of("scCheckout"), 1_000_000, 65_536, List.of("country", "campaign"), Map.of(), Set.of(), false);
    }

    public HitRules withCheckoutEvents(Set<String> names) {
        return new HitRules(names, maxIncrement, maxEventsBytes, dimensions, fields, reportSuites, cartValue);
    }

    public HitRules withMaxIncrement(long max) {
        return new HitRules(checkoutEvents, max, maxEventsBytes, dimensions, fields, reportSuites, cartValue);
    }

    public HitRules withMaxEventsBytes(int max) {
        return new HitRules(checkoutEvents, maxIncrement, max, dimensions, fields, reportSuites, cartValue);
    }

    public HitRules withDimensions(List<String> names) {
        return new HitRules(checkoutEvents, maxIncrement, maxEventsBytes, names, fields, reportSuites, cartValue);
    }

    public HitRules withFields(Map<String, String> names) {
        return new HitRules(checkoutEvents, maxIncrement, maxEventsBytes, dimensions, names, reportSuites, cartValue);
    }

    public HitRules withReportSuites(Set<String> allowed) {
        return new HitRules(checkoutEvents, maxIncrement, maxEventsBytes, dimensions, fields, allowed, cartValue);
    }

    public HitRules withCartValue(boolean added) {
        return new HitRules(checkoutEvents, maxIncrement, maxEventsBytes, dimensions, fields, reportSuites, added);
    }

    /** Our name of the hit's field that has the items of a dimension. */
    public String fieldOf(String dimension) {
        if (fields.containsKey(dimension)) {
            return dimension;
        }
        if (ProductList.of(dimension) != null) {
            return ProductFields.HIT_FIELD;
        }
        return dimension.startsWith(MAP_PREFIX) ? MAP : dimension;
    }

    private static void requireDimensions(List<String> dimensions) {
        require(
                new LinkedHashSet<>(dimensions).size() == dimensions.size(),
                "dimensions: name each dimension once: " + dimensions);
        for (String dimension : dimensions) {
            require(
                    !dimension.isBlank() && !dimension.equals(MAP_PREFIX),
                    "dimensions: a dimension needs a name, such as country or dimensions.eVar5");
            require(
                    !PROP.matcher(dimension).matches(),
                    "dimensions: " + dimension
                            + " is a traffic variable, and Adobe has no Checkouts for those (N/A): it is a conversion metric. Use an eVar or another conversion dimension.");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
