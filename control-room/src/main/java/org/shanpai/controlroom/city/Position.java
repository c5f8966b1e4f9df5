package org.shanpai.controlroom.city;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;

/**
 * The newest known place of a rider; never stored.
 *
 * @param at city time of the reading
 * @param trust how far it is believed, 0–100; null when nobody judged
 * @param batteryPercent what the phone has left; null when it did not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Position(
    RiderId riderId, GeoPoint place, Instant at, Integer trust, Integer batteryPercent) {}
