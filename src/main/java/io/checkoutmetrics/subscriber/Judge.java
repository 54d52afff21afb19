package io.checkoutmetrics.subscriber;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of one report suite, record after record, whether checkout is alive, and remembers what it said. Not thread-safe. */
public final class Judge {
    private final Duration outdatedAfter;
    private Verdict said = Verdict.NOT_KNOWN;
    private Verdict byHits = Verdict.NOT_KNOWN;
    private @Nullable CheckoutAlert alert;
    private @Nullable Instant lastCheckoutAt;

    /** @param outdatedAfter how old the newest record of a total may be */
    public Judge(Duration outdatedAfter) {
        this.outdatedAfter = outdatedAfter;
    }

    /** Looks at the newest record of the total, or again at the same one: time may have changed what is to be said. */
    public Verdict judge(CheckoutMetrics total, Instant now) {
        boolean isLastTheSame = Objects.equals(total.getLastCheckoutAt(), lastCheckoutAt);
        byHits = Verdict.of(total, now, outdatedAfter, byHits, isLastTheSame);
        said = byHits.withAlert(alert);
        lastCheckoutAt = total.getLastCheckoutAt();
        return said;
    }

    /** Takes the newest alert of the total, null when it is watched no more: what it says goes before what the hits say. */
    public void alert(@Nullable CheckoutAlert newest) {
        alert = newest;
    }

    /** The alert that lasts; empty when there is none. */
    public Optional<CheckoutAlert> alarm() {
        return Optional.ofNullable(alert).filter(Alarms::lasts);
    }

    /** What it said last; {@link Verdict#NOT_KNOWN} at first. */
    public Verdict said() {
        return said;
    }
}
