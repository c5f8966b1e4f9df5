package org.shanpai.dispatch.work;

import java.time.Duration;
import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.event.RouteStop;

/**
 * One stop to come, with what is needed to plan it anew when the ones before it slip.
 *
 * @param travelSeconds from the stop before it, or from where the rider was when it was planned
 * @param serviceSeconds spent there once goods or customer are ready
 * @param readyAt a pickup does not end before it, city time; null when unknown or not a pickup
 * @param dueAt food ready for a pickup, the deadline for a drop-off
 * @param plannedLeaveAt arrival, wait and service
 * @param arrived the rider stands there
 * @param spread how uncertain it is; null when nobody said
 */
public record PlannedStop(
    String jobId,
    RouteStop.Kind kind,
    GeoPoint place,
    int travelSeconds,
    int serviceSeconds,
    Instant readyAt,
    Instant dueAt,
    Instant plannedArrivalAt,
    Instant plannedLeaveAt,
    boolean arrived,
    Spread spread) {

  /** A stop of which nobody said how uncertain it is. */
  public PlannedStop(
      String jobId,
      RouteStop.Kind kind,
      GeoPoint place,
      int travelSeconds,
      int serviceSeconds,
      Instant readyAt,
      Instant dueAt,
      Instant plannedArrivalAt,
      Instant plannedLeaveAt,
      boolean arrived) {
    this(
        jobId,
        kind,
        place,
        travelSeconds,
        serviceSeconds,
        readyAt,
        dueAt,
        plannedArrivalAt,
        plannedLeaveAt,
        arrived,
        null);
  }

  /** Planned anew from when the stop before it is left. */
  PlannedStop from(Instant left) {
    Instant arrival = arrived ? plannedArrivalAt : left.plusSeconds(travelSeconds);
    return with(travelSeconds, readyAt, dueAt, arrival, arrived);
  }

  PlannedStop travelling(int seconds) {
    return with(seconds, readyAt, dueAt, plannedArrivalAt, arrived);
  }

  PlannedStop at(GeoPoint elsewhere, int seconds) {
    return new PlannedStop(
        jobId,
        kind,
        elsewhere,
        seconds,
        serviceSeconds,
        readyAt,
        dueAt,
        plannedArrivalAt,
        plannedLeaveAt,
        arrived,
        spread);
  }

  PlannedStop arrivedAt(Instant at) {
    return with(0, readyAt, dueAt, at, true);
  }

  PlannedStop due(Instant ready, Instant due) {
    return with(travelSeconds, ready, due, plannedArrivalAt, arrived);
  }

  boolean sameVisit(PlannedStop other) {
    return jobId.equals(other.jobId) && kind == other.kind;
  }

  private PlannedStop with(
      int travel, Instant ready, Instant due, Instant arrival, boolean standsThere) {
    Instant begin =
        kind == RouteStop.Kind.PICKUP && ready != null && ready.isAfter(arrival) ? ready : arrival;
    return new PlannedStop(
        jobId,
        kind,
        place,
        travel,
        serviceSeconds,
        ready,
        due,
        arrival,
        begin.plus(Duration.ofSeconds(serviceSeconds)),
        standsThere,
        spread);
  }

  /** As others see it. */
  public RouteStop published() {
    return new RouteStop(JobId.of(jobId), kind, place, plannedArrivalAt, dueAt);
  }
}
