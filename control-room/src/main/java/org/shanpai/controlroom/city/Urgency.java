package org.shanpai.controlroom.city;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.shanpai.contracts.event.JobState;

/**
 * When an unfinished job begins to need an operator's eye. The one rule behind the "late soon"
 * figure, the list beside the map and the colours on it; the page only compares with the clock.
 *
 * @param carriedSoon how long before the promise's end a job with a rider counts as late soon
 * @param unassignedSoon the same for a job that no rider has accepted
 */
public record Urgency(Duration carriedSoon, Duration unassignedSoon) {

  /** Steps at which dispatch wants an operator's eye on a job. */
  private static final Set<String> CALLED = Set.of("OPERATOR_CALLED", "FREE_CANCEL");

  /** 5 minutes with a rider, 15 without: finding one, riding and handing over takes that long. */
  public static final Urgency DEFAULT = new Urgency(Duration.ofMinutes(5), Duration.ofMinutes(15));

  /**
   * City time from which the job is late soon; null for a job that is over.
   *
   * <p>A job whose plan already misses the promise is late soon from its creation, and so is one
   * for which dispatch has called an operator because nobody takes it.
   */
  public Instant soonAt(JobState job) {
    if (job.status().terminal()) {
      return null;
    }
    if (CALLED.contains(String.valueOf(job.unclaimed()))) {
      return job.createdAt();
    }
    Instant due = job.promise().end();
    if (job.plannedDeliveryAt() != null && job.plannedDeliveryAt().isAfter(due)) {
      return job.createdAt();
    }
    return switch (job.status()) {
      case OPEN, OFFERED -> due.minus(unassignedSoon);
      default -> due.minus(carriedSoon);
    };
  }
}
