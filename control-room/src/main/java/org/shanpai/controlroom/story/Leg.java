package org.shanpai.controlroom.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.event.JobState;

/**
 * One of the five legs of a delivery (单均时长 is their sum).
 *
 * @param from city time
 * @param to city time; null while under way
 * @param seconds city seconds; null while under way
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Leg(Kind kind, Instant from, Instant to, Long seconds) {

  /** Waiting for a rider; riding to the store; at the store; riding to the door; handing over. */
  public enum Kind {
    ACCEPT,
    ARRIVE_STORE,
    PICK_UP,
    ARRIVE_CUSTOMER,
    DELIVER
  }

  /**
   * The legs that have begun, in order. The last one is open unless the job is over.
   *
   * @param createdAt when the order was created, city time
   */
  static List<Leg> of(Instant createdAt, JobState job) {
    Instant[] ends = {
      job.acceptedAt(),
      job.arrivedStoreAt(),
      job.pickedUpAt(),
      job.arrivedCustomerAt(),
      job.endedAt()
    };
    List<Leg> legs = new ArrayList<>();
    Instant from = createdAt;
    for (Kind kind : Kind.values()) {
      Instant to = ends[kind.ordinal()];
      if (to == null) {
        Instant over = job.status().terminal() ? job.endedAt() : null;
        legs.add(leg(kind, from, over));
        return legs;
      }
      legs.add(leg(kind, from, to));
      from = to;
    }
    return legs;
  }

  private static Leg leg(Kind kind, Instant from, Instant to) {
    return new Leg(
        kind, from, to, to == null ? null : Math.max(0, Duration.between(from, to).toSeconds()));
  }
}
