/**
 * A seed comes in, a verdict goes out: brokers and instances of the job as processes of their own are killed, frozen, cut
 * off and lied to while hits keep coming, and what was published is held to what the hits say. {@link
 * io.checkoutmetrics.faults.FaultCampaignIT} is how to run it.
 */
@NullMarked
package io.checkoutmetrics.faults;

import org.jspecify.annotations.NullMarked;
