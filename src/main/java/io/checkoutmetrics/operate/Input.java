package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.FiniteInput;
import io.checkoutmetrics.stream.HitIntake;
import io.checkoutmetrics.stream.InputHorizon;
import io.checkoutmetrics.stream.LiveInput;
import io.checkoutmetrics.stream.TrackingClients;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * The topic of the hits, as one that goes on for ever or as one that has an end.
 *
 * @param horizon what is known of it beyond its records
 * @param clients that the engine has to read it with
 * @param hasEnd whether it was written to its end
 * @param whenClosed lets go of what the horizon holds
 */
record Input(InputHorizon horizon, TrackingClients clients, boolean hasEnd, Runnable whenClosed)
        implements AutoCloseable {

    /** Goes on for ever. @param admin closed after this */
    static Input live(Settings settings, Admin admin, int partitions, HitIntake intake) {
        LiveInput live = new LiveInput(
                settings.topics().input(),
                partitions,
                admin,
                Clock.systemUTC(),
                settings.pace().watermarkInterval(),
                settings.pace().idleTimeout());
        return new Input(live, live.clients(intake), false, live::close);
    }

    /** Was written to its end. @param endOffsets of every partition, the offset after its last record */
    static Input until(Settings settings, Map<Integer, Long> endOffsets, HitIntake intake) {
        FiniteInput finite = new FiniteInput(settings.topics().input(), endOffsets);
        return new Input(finite, finite.clients(intake), true, () -> {});
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
