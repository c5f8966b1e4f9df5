package org.shanpai.controlroom.city;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.GeofenceEvent;

/**
 * A rider seen at a place of a job, by positions and not by taps; a mark on the map for a while.
 *
 * @param eventId one event, one mark
 * @param at city time of the first reading that proves it
 * @param place centre of the fence
 * @param metres how far from it the last reading lies
 * @param trust the lowest among the readings, 0–100
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Seen(
    String eventId,
    JobId jobId,
    RiderId riderId,
    GeofenceEvent.Kind kind,
    Instant at,
    GeoPoint place,
    int metres,
    int trust) {

  static Seen of(String eventId, GeofenceEvent event) {
    return new Seen(
        eventId,
        event.jobId(),
        event.riderId(),
        event.kind(),
        event.at(),
        event.place(),
        event.metres(),
        event.trust());
  }
}
