package io.checkoutmetrics.hit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A checkout for tests that says what the test says of it and lacks the rest; of one event without ID unless told others. */
public final class SomeCheckout {
    private final String reportSuite;
    private final List<Item> items = new ArrayList<>();
    private final List<DimensionItem> dimensionItems = new ArrayList<>();
    private @Nullable String hitId;
    private @Nullable String visitorId;
    private @Nullable String visitId;

    private SomeCheckout(String reportSuite) {
        this.reportSuite = reportSuite;
    }

    public static SomeCheckout in(String reportSuite) {
        return new SomeCheckout(reportSuite);
    }

    /** Of this event, with this ID, besides those named before. */
    public SomeCheckout event(@Nullable String id) {
        return items(List.of(new Item("scCheckout", id, 1)));
    }

    public SomeCheckout items(List<Item> more) {
        items.addAll(more);
        return this;
    }

    public SomeCheckout hitId(@Nullable String id) {
        hitId = id;
        return this;
    }

    public SomeCheckout visitor(@Nullable String id) {
        visitorId = id;
        return this;
    }

    public SomeCheckout visit(@Nullable String id) {
        visitId = id;
        return this;
    }

    public SomeCheckout dimension(String name, String item) {
        return dimensions(List.of(new DimensionItem(name, item)));
    }

    public SomeCheckout dimensions(List<DimensionItem> more) {
        dimensionItems.addAll(more);
        return this;
    }

    public CheckoutHit hit() {
        return new CheckoutHit(
                reportSuite,
                items.isEmpty() ? List.of(new Item("scCheckout", null, 1)) : items,
                OptionalLong.empty(),
                hitId,
                visitorId,
                visitId,
                dimensionItems,
                OptionalLong.empty(),
                0,
                false);
    }
}
