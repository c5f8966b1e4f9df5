package org.shanpai.engine;

import java.util.Objects;

/**
 * One visit on a courier's route.
 *
 * @param jobId the job it belongs to
 * @param kind pickup or drop-off; goods already aboard appear only as a drop-off
 * @param place index into {@link TravelTimes}
 * @param earliestMillis city epoch ms before which the stop cannot begin (a pickup: goods ready); 0
 *     = at once
 * @param dueMillis city epoch ms by which it should be finished (a drop-off: end of the promise); 0
 *     = no promise
 * @param serviceSeconds seconds spent there, 0 to 21,600
 * @param loadUnits units the job takes in the box, not negative; a pickup adds, a drop-off frees
 */
public record Stop(
    String jobId,
    StopKind kind,
    int place,
    long earliestMillis,
    long dueMillis,
    int serviceSeconds,
    int loadUnits) {
  public Stop {
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(kind, "kind");
  }
}
