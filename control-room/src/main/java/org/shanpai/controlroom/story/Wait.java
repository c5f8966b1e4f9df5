package org.shanpai.controlroom.story;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;

/**
 * Who stood still because of whom.
 *
 * @param seconds city seconds, more than 0
 */
public record Wait(Party who, Party forWhom, long seconds) {

  /** Those who may keep each other waiting. */
  public enum Party {
    ORDER,
    DISPATCH,
    RIDER,
    GOODS,
    STORE,
    CUSTOMER
  }

  /**
   * The waits of a job that are over. The kitchen answers for the time until it was ready, at most
   * until the pickup; where it never said ready, for all of it.
   */
  static List<Wait> of(Instant createdAt, JobState job) {
    List<Wait> waits = new ArrayList<>();
    add(waits, Party.ORDER, Party.DISPATCH, createdAt, job.acceptedAt());
    Instant atStore = job.arrivedStoreAt();
    Instant pickedUp = job.pickedUpAt();
    if (atStore != null && pickedUp != null) {
      Instant ready = job.readyAt() == null ? pickedUp : earlier(job.readyAt(), pickedUp);
      add(waits, Party.RIDER, Party.STORE, atStore, ready);
      add(waits, Party.GOODS, Party.RIDER, ready, atStore);
    }
    if (job.status() == JobStatus.DELIVERED) {
      add(waits, Party.RIDER, Party.CUSTOMER, job.arrivedCustomerAt(), job.endedAt());
    }
    return waits;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static void add(List<Wait> waits, Party who, Party forWhom, Instant from, Instant to) {
    if (from != null && to != null && to.isAfter(from)) {
      waits.add(new Wait(who, forWhom, Duration.between(from, to).toSeconds()));
    }
  }
}
