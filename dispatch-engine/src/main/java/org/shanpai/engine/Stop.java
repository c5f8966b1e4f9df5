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
 * @param weightGrams grams of the job, 0 to 1,000,000
 * @param longestCarrySeconds seconds the goods may be under way (read at the drop-off), from
 *     leaving the store to the end of the hand-over; 0 = no such limit
 * @param takenMillis drop-off of goods aboard: city epoch ms at which they left the store; 0 = not
 *     known, counts as the wave's now
 */
public record Stop(
    String jobId,
    StopKind kind,
    int place,
    long earliestMillis,
    long dueMillis,
    int serviceSeconds,
    int loadUnits,
    int weightGrams,
    int longestCarrySeconds,
    long takenMillis) {
  public Stop {
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(kind, "kind");
  }
}
