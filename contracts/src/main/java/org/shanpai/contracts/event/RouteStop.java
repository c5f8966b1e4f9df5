package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;

/**
 * One stop to come on a rider's route.
 *
 * @param plannedArrivalAt city time
 * @param dueAt city time: food ready for a pickup, the rider's deadline for a drop-off
 */
public record RouteStop(
    JobId jobId, Kind kind, GeoPoint place, Instant plannedArrivalAt, Instant dueAt) {

  /** What happens at the stop. */
  public enum Kind {
    PICKUP,
    DROPOFF,
    RETURN
  }
}
