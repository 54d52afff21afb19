package io.checkoutmetrics.hit;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a checkout beyond report suite and events, and where the writer has it. A field that the writer lacks
 * is absent from every hit. Immutable.
 */
final class CheckoutFields {
    private final @Nullable FieldAt<TimeField> time;
    private final @Nullable FieldAt<TextField> hitId;
    private final @Nullable FieldAt<TextField> visitorId;
    private final @Nullable FieldAt<TextField> visitId;
    private final @Nullable FieldAt<TextField> excluded;
    private final DimensionFields dimensions;
    private final boolean asksForCart;
    private final @Nullable FieldAt<TextField> products;

    CheckoutFields(WriterFields writer, HitRules rules) throws UnusableSchemaException {
        time = FieldAt.find(writer, "time", TimeField::of);
        hitId = FieldAt.find(writer, "hitId", TextField::ofAny);
        visitorId = FieldAt.find(writer, "visitorId", TextField::ofAny);
        visitId = FieldAt.find(writer, "visitId", TextField::ofAny);
        excluded = FieldAt.find(writer, "excluded", TextField::ofAny);
        dimensions = new DimensionFields(writer, rules);
        asksForCart = rules.cartValue();
        products = asksForCart ? FieldAt.find(writer, ProductFields.HIT_FIELD, TextField::ofText) : null;
    }

    /**
     * Why the producer wants the hit not to be counted; null where it does not. {@code 0} and {@code false} are no
     * reasons: {@code excluded} may be a data feed's {@code
     * exclude_hit}.
     *
     * @param starts where each of the writer's fields starts
     */
    @Nullable
    String excluded(AvroCursor in, int[] starts) {
        String reason = excluded == null ? null : excluded.in(in, starts).item(in);
        return reason == null || reason.equals("0") || reason.equals("false") ? null : reason;
    }

    CheckoutHit read(AvroCursor in, int[] starts, String reportSuite, EventList.Findings found) {
        return new CheckoutHit(
                reportSuite,
                found.items(),
                time == null ? OptionalLong.empty() : time.in(in, starts).read(in),
                identifier(hitId, in, starts),
                identifier(visitorId, in, starts),
                identifier(visitId, in, starts),
                dimensions.read(in, starts),
                cartMillionths(in, starts),
                found.invalidEventIds(),
                found.nearMiss());
    }

    private OptionalLong cartMillionths(AvroCursor in, int[] starts) {
        if (!asksForCart) {
            return OptionalLong.empty();
        }
        long slice =
                products == null ? TextField.EMPTY : products.in(in, starts).slice(in);
        return OptionalLong.of(Prices.sum(in.bytes(), TextField.from(slice), TextField.to(slice)));
    }

    private static @Nullable String identifier(@Nullable FieldAt<TextField> field, AvroCursor in, int[] starts) {
        return field == null ? null : field.in(in, starts).identifier(in);
    }
}
