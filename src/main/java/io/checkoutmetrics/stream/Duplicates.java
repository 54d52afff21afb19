package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.Identity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what of a checkout was not counted before, and remembers it as counted: under one key, that of its event ID or
 * visit where it has one, else that of its hit ID. Checkouts are to be asked for in the order received.
 */
final class Duplicates {
    private final Settings.Deduplication settings;
    private final SeenIdentities seen;

    Duplicates(Settings.Deduplication settings, SeenIdentities seen) {
        this.settings = settings;
        this.seen = seen;
    }

    /** Empty where nothing is left: the checkout is a duplicate. */
    Optional<CheckoutHit> withoutSeen(Checkout checkout) {
        CheckoutHit hit = checkout.hit();
        DedupMode mode = settings.modeOf(hit.reportSuite());
        Identity identity = Identity.of(hit, mode);
        if (identity.primary() != null) {
            return withoutSeen(checkout, mode, identity.primary(), identity.redelivery());
        }
        String redelivery = identity.redelivery();
        if (redelivery != null) {
            long receivedMs = checkout.recordTimeMs();
            if (seen.get(redelivery, receivedMs).isSeen(receivedMs)) {
                return Optional.empty();
            }
            remember(redelivery, receivedMs);
        }
        return Identity.unseen(hit, mode, false);
    }

    private Optional<CheckoutHit> withoutSeen(
            Checkout checkout, DedupMode mode, String primary, @Nullable String redelivery) {
        CheckoutHit hit = checkout.hit();
        String hitId = hit.hitId();
        long receivedMs = checkout.recordTimeMs();
        Seen known = seen.get(primary, receivedMs);
        if (hitId != null && redelivery != null && isRedelivered(known, hitId, redelivery, receivedMs)) {
            return Optional.empty();
        }
        boolean primarySeen = known.isSeen(receivedMs);
        Optional<CheckoutHit> fresh = Identity.unseen(hit, mode, primarySeen);
        if (fresh.isEmpty()) {
            return fresh;
        }
        if (!primarySeen) {
            known.seenUntil(receivedMs + primaryRetentionMs(mode));
        }
        if (hitId != null && redelivery != null && !known.counted(hitId, hitUntilMs(receivedMs))) {
            remember(redelivery, receivedMs);
        }
        seen.put(primary, known);
        return fresh;
    }

    private boolean isRedelivered(Seen known, String hitId, String redelivery, long receivedMs) {
        return known.hasCounted(hitId, receivedMs)
                || known.isContinuedElsewhere(receivedMs)
                        && seen.get(redelivery, receivedMs).isSeen(receivedMs);
    }

    private void remember(String redelivery, long receivedMs) {
        seen.put(redelivery, Seen.until(hitUntilMs(receivedMs)));
    }

    private long hitUntilMs(long receivedMs) {
        return receivedMs + settings.hitIdRetention().toMillis();
    }

    private long primaryRetentionMs(DedupMode mode) {
        return mode == DedupMode.VISIT
                ? settings.visitRetention().toMillis()
                : settings.eventIdRetention().toMillis();
    }
}
