package org.shanpai.rider.score;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.WeatherAlert;

/**
 * Everything a delivery is judged by; the judgement reads nothing else, so that the same facts
 * always give the same rows. All instants are city time.
 *
 * @param version of the job they were told with; newer facts replace older ones
 * @param acceptedAt decides which rule set is in force
 * @param promiseEnd the end of the promise told to the customer
 * @param riderDeadline never before {@code promiseEnd}: the p80 plan at acceptance, and every
 *     insertion, reorder or hold by the platform, moved it later
 * @param plannedAtOffer arrival by the plan that was offered; after {@code promiseEnd} when it was
 *     late already (E6); null when that is not known
 * @param delays spans lost through nobody's fault while the job was in hand (E1, E3, E4, E5); their
 *     union is the compensation
 * @param compensationMillis the compensation where the spans are not known
 * @param exemptions codes of reports that cover the delivery, oldest rule first; null for none
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
    long version,
    Instant acceptedAt,
    Instant deliveredAt,
    Instant promiseEnd,
    Instant riderDeadline,
    Instant plannedAtOffer,
    List<JobState.NoFaultDelay> delays,
    long compensationMillis,
    List<String> exemptions,
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
        job.version(),
        job.acceptedAt() != null ? job.acceptedAt() : job.endedAt(),
        job.endedAt(),
        promiseEnd,
        deadline == null || deadline.isBefore(promiseEnd) ? promiseEnd : deadline,
        job.plannedAtOffer(),
        job.noFaultDelays(),
        job.compensationMillis(),
        job.exemptions(),
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
        version,
        acceptedAt,
        deliveredAt,
        promiseEnd,
        riderDeadline,
        plannedAtOffer,
        delays,
        compensationMillis,
        exemptions,
        weather,
        fault,
        seenAtStoreAt,
        seenAtCustomerAt);
  }

  /** City milliseconds past deadline and compensation; 0 or less is on time. */
  public long lateMillis() {
    return clock().toEpochMilli() - riderDeadline.toEpochMilli() - compensation();
  }

  /**
   * When the rider's clock stopped: at the delivery, or at the proven arrival when the customer
   * kept the rider waiting (E4). What was tapped proves nothing here.
   */
  public Instant clock() {
    return keptWaiting() ? seenAtCustomerAt : deliveredAt;
  }

  /** Whether the customer kept a rider waiting who stood at the door. */
  public boolean keptWaiting() {
    return fault == Fault.CUSTOMER
        && seenAtCustomerAt != null
        && seenAtCustomerAt.isBefore(deliveredAt);
  }

  /** Whether the promise could not be kept by the plan the rider was offered (E6). */
  public boolean plannedLate() {
    return plannedAtOffer != null && plannedAtOffer.isAfter(promiseEnd);
  }

  /** City milliseconds granted: the union of the delays, however many kitchens made them. */
  public long compensation() {
    if (delays == null || delays.isEmpty()) {
      return compensationMillis;
    }
    List<JobState.NoFaultDelay> sorted = new ArrayList<>(delays);
    sorted.sort(Comparator.comparing(JobState.NoFaultDelay::start));
    Instant stop = clock();
    Instant covered = acceptedAt;
    long total = 0;
    for (JobState.NoFaultDelay delay : sorted) {
      Instant from = delay.start().isAfter(covered) ? delay.start() : covered;
      Instant to = delay.end().isAfter(stop) ? stop : delay.end();
      if (to.isAfter(from)) {
        total += Duration.between(from, to).toMillis();
        covered = to;
      }
    }
    return total;
  }

  /** The exemptions the compensation comes from, such as {@code E1+E4}. */
  String compensatedBy() {
    if (delays == null || delays.isEmpty()) {
      return "COMPENSATED";
    }
    return delays.stream()
        .map(JobState.NoFaultDelay::cause)
        .distinct()
        .sorted()
        .collect(Collectors.joining("+"));
  }

  private static void require(boolean holds, String lack) {
    if (!holds) {
      throw new IllegalArgumentException("a delivered job with " + lack);
    }
  }
}
