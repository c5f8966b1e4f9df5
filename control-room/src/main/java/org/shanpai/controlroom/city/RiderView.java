package org.shanpai.controlroom.city;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RouteStop;

/**
 * A rider as the map shows them.
 *
 * @param label such as 骑手 023; the id while the rider's own record has not arrived
 * @param jobs in hand
 * @param route stops to come, in order
 * @param place newest known; null while none is known
 * @param placeAt city time of {@code place}
 * @param trust how far {@code place} is believed, 0–100; null when nobody judged
 * @param batteryPercent what the phone has left; null when it did not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RiderView(
    RiderId riderId,
    String label,
    String pool,
    Doing doing,
    int capacityUnits,
    int loadUnits,
    List<JobId> jobs,
    List<RouteStop> route,
    Instant onlineSince,
    Instant pausedUntil,
    GeoPoint place,
    Instant placeAt,
    Integer trust,
    Integer batteryPercent) {

  /** What a rider is doing, told from the work in hand. */
  public enum Doing {
    OFFLINE,
    IDLE,
    TO_STORE,
    WAITING,
    CARRYING
  }

  static RiderView of(
      RiderId riderId,
      RiderState rider,
      RiderWorkState work,
      Position position,
      Function<JobId, JobStatus> statusOf) {
    return new RiderView(
        riderId,
        rider == null ? riderId.value() : rider.label(),
        rider == null ? null : rider.pool(),
        doing(work, statusOf),
        work != null ? work.capacityUnits() : rider != null ? rider.capacityUnits() : 0,
        work == null ? 0 : work.loadUnits(),
        work == null ? List.of() : work.jobs().stream().map(RiderWorkState.HeldJob::jobId).toList(),
        work == null ? List.of() : work.route(),
        work == null ? null : work.onlineSince(),
        work == null ? null : work.pausedUntil(),
        position == null ? null : position.place(),
        position == null ? null : position.at(),
        position == null ? null : position.trust(),
        position == null ? null : position.batteryPercent());
  }

  /**
   * Standing in a shop beats everything; otherwise the next stop tells, and without a route the
   * goods aboard.
   *
   * @param statusOf the newest known status of a job, or null; it is often newer than the one
   *     inside the work
   */
  static Doing doing(RiderWorkState work, Function<JobId, JobStatus> statusOf) {
    if (work == null || (!work.online() && work.jobs().isEmpty())) {
      return Doing.OFFLINE;
    }
    boolean carrying = false;
    for (RiderWorkState.HeldJob held : work.jobs()) {
      JobStatus newest = statusOf.apply(held.jobId());
      JobStatus status = newest == null ? held.status() : newest;
      if (status == JobStatus.AT_STORE) {
        return Doing.WAITING;
      }
      carrying |= status.carried();
    }
    if (work.jobs().isEmpty()) {
      return Doing.IDLE;
    }
    if (!work.route().isEmpty()) {
      return work.route().get(0).kind() == RouteStop.Kind.PICKUP ? Doing.TO_STORE : Doing.CARRYING;
    }
    return carrying ? Doing.CARRYING : Doing.TO_STORE;
  }
}
