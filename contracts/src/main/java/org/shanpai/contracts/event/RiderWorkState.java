package org.shanpai.contracts.event;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;

/**
 * What a rider has in hand. Published by dispatch-service.
 *
 * @param version rises by one with every change of the work row
 * @param loadUnits room taken by goods aboard or to be picked up
 * @param jobs accepted and unfinished, each with its fencing token
 * @param route stops to come, in order
 * @param onlineSince city time; null when offline
 * @param pausedUntil city time; no offers before it; null when not paused
 * @param fatigue how long they have worked, and what that means for offers; null when not told
 */
public record RiderWorkState(
    RiderId riderId,
    CityId cityId,
    long version,
    boolean online,
    int capacityUnits,
    int loadUnits,
    List<HeldJob> jobs,
    List<RouteStop> route,
    Instant onlineSince,
    Instant pausedUntil,
    Fatigue fatigue) {

  /** Work of which nobody says how tiring it was. */
  public RiderWorkState(
      RiderId riderId,
      CityId cityId,
      long version,
      boolean online,
      int capacityUnits,
      int loadUnits,
      List<HeldJob> jobs,
      List<RouteStop> route,
      Instant onlineSince,
      Instant pausedUntil) {
    this(
        riderId,
        cityId,
        version,
        online,
        capacityUnits,
        loadUnits,
        jobs,
        route,
        onlineSince,
        pausedUntil,
        null);
  }

  /** A job in hand. */
  public record HeldJob(JobId jobId, long epoch, JobStatus status) {}

  /** What the limits of working time say of a rider. */
  public enum FatigueState {
    /** Offers are made. */
    FIT,
    /** Worked as long as one may at a stretch: none until a rest is over. */
    REST,
    /** Worked so long today that they have to say they go on: none until they do. */
    CONFIRM,
    /** Worked as long as one may in a day: offline once the orders in hand are finished. */
    DAY_OVER,
    /** No long rest in the last day: none until there was one. */
    NIGHT_REST
  }

  /**
   * Working time as it stood when this was told.
   *
   * @param workedSeconds today: the union of the times from acceptance to completion
   * @param streakSince since when without a rest, city time; null after one
   * @param limitAt when the next limit is reached if work goes on without a break, city time; null
   *     where one is reached already
   * @param offersFrom when offers are made again if nothing is done until then, city time; null
   *     where they are made, where a confirmation is needed, or while work goes on
   */
  public record Fatigue(
      FatigueState state,
      long workedSeconds,
      Instant streakSince,
      Instant limitAt,
      Instant offersFrom) {}
}
