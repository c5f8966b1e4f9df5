package org.shanpai.rider.score;

import java.time.Instant;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.WeatherAlert;

/**
 * Everything a delivery is judged by; the judgement reads nothing else, so that the same facts
 * always give the same rows. All instants are city time.
 *
 * @param acceptedAt decides which rule set is in force
 * @param promiseEnd the end of the promise told to the customer
 * @param riderDeadline never before {@code promiseEnd}: a plan that was late when offered, and
 *     every insertion, reorder or hold by the platform, moved it later (E6)
 * @param compensationMillis no-fault delay while the job was in hand (E1, E3, E4, E5)
 * @param worstWeather the worst alert in the job's area between acceptance and delivery (E2)
 * @param fault whose doing the delivery's last transition was
 * @param seenAtStoreAt from when on positions prove the rider at the store; null when they do not.
 *     The compensation for a slow kitchen (E1) counts from it where it is earlier than the tap
 * @param seenAtCustomerAt the same at the customer's; where E4 applies, the clock stops there
 */
public record DeliveryFacts(
    String orderId,
    String jobId,
    String riderId,
    String areaId,
    Instant acceptedAt,
    Instant deliveredAt,
    Instant promiseEnd,
    Instant riderDeadline,
    long compensationMillis,
    WeatherAlert.Level worstWeather,
    Fault fault,
    Instant seenAtStoreAt,
    Instant seenAtCustomerAt) {

  /**
   * The facts of a delivered job; the weather is still to be looked up.
   *
   * @throws IllegalArgumentException naming what a delivered job must have and this one has not
   */
  public static DeliveryFacts of(JobState job) {
    require(job.orderId() != null, "no order");
    require(job.riderId() != null, "no rider");
    require(job.areaId() != null, "no area");
    require(job.endedAt() != null, "no time of delivery");
    require(job.promise() != null, "no promise");
    require(job.compensationMillis() >= 0, "a negative compensation");
    Instant promiseEnd = job.promise().end();
    Instant deadline = job.riderDeadline();
    return new DeliveryFacts(
        job.orderId().value(),
        job.jobId().value(),
        job.riderId().value(),
        job.areaId().value(),
        job.acceptedAt() != null ? job.acceptedAt() : job.endedAt(),
        job.endedAt(),
        promiseEnd,
        deadline == null || deadline.isBefore(promiseEnd) ? promiseEnd : deadline,
        job.compensationMillis(),
        WeatherAlert.Level.NONE,
        job.fault() == null ? Fault.NONE : job.fault(),
        job.seenAtStoreAt(),
        job.seenAtCustomerAt());
  }

  /** The same delivery in other weather. */
  public DeliveryFacts in(WeatherAlert.Level weather) {
    return new DeliveryFacts(
        orderId,
        jobId,
        riderId,
        areaId,
        acceptedAt,
        deliveredAt,
        promiseEnd,
        riderDeadline,
        compensationMillis,
        weather,
        fault,
        seenAtStoreAt,
        seenAtCustomerAt);
  }

  /** City milliseconds past deadline and compensation; 0 or less is on time. */
  public long lateMillis() {
    return lateMillis(deliveredAt);
  }

  /**
   * Exemption E4: the customer kept a rider waiting who was at the door in time. What was tapped
   * proves nothing here.
   */
  public boolean keptWaiting() {
    return fault == Fault.CUSTOMER
        && seenAtCustomerAt != null
        && seenAtCustomerAt.isBefore(deliveredAt)
        && lateMillis(seenAtCustomerAt) <= 0;
  }

  private long lateMillis(Instant clock) {
    return clock.toEpochMilli() - riderDeadline.toEpochMilli() - compensationMillis;
  }

  private static void require(boolean holds, String lack) {
    if (!holds) {
      throw new IllegalArgumentException("a delivered job with " + lack);
    }
  }
}
