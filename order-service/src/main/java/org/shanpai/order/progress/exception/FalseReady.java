package org.shanpai.order.progress.exception;

import java.time.Duration;
import java.time.Instant;
import org.shanpai.contracts.event.JobState;

/**
 * The rule of false readiness, as dispatch judges the rider's delay by it: a "ready" tap counts
 * only when the pickup follows within a grace of the later of tap and arrival; else the rider stood
 * there waiting for goods that were said to be ready.
 */
final class FalseReady {

  private FalseReady() {}

  /**
   * Whether the job's pickup proves its ready tap false. Only positions prove a wait: where they do
   * not show the rider at the store, nothing is held against the kitchen.
   *
   * @param readyTap when the merchant said ready, city time; null when it did not
   */
  static boolean proven(JobState job, Instant readyTap, Duration grace) {
    if (readyTap == null || job.seenAtStoreAt() == null || job.pickedUpAt() == null) {
      return false;
    }
    // Seen there before the job was theirs, a rider did not wait for it yet.
    Instant arrived = later(job.seenAtStoreAt(), job.acceptedAt());
    return job.pickedUpAt().isAfter(later(readyTap, arrived).plus(grace));
  }

  private static Instant later(Instant a, Instant b) {
    return b != null && b.isAfter(a) ? b : a;
  }
}
