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
    Instant pausedUntil) {

  /** A job in hand. */
  public record HeldJob(JobId jobId, long epoch, JobStatus status) {}
}
