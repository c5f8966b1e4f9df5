package org.shanpai.rider.carried;

import java.time.Instant;
import java.time.LocalDate;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.JobState;

/**
 * An order carried to its door. Nothing about being late is in it: its day is that of its
 * acceptance.
 *
 * @param businessDate the city's date of the acceptance
 * @param acceptedAt city time
 * @param deliveredAt city time
 */
public record CarriedOrder(
    String jobId,
    String riderId,
    String areaId,
    LocalDate businessDate,
    Instant acceptedAt,
    Instant deliveredAt) {

  /**
   * @throws IllegalArgumentException naming what the job lacks
   */
  public static CarriedOrder of(JobState job, City city) {
    if (job.riderId() == null || job.endedAt() == null || job.areaId() == null) {
      throw new IllegalArgumentException(
          "a delivered job without rider, area or time: " + job.jobId());
    }
    Instant accepted = job.acceptedAt() == null ? job.endedAt() : job.acceptedAt();
    return new CarriedOrder(
        job.jobId().value(),
        job.riderId().value(),
        job.areaId().value(),
        city.businessDate(accepted),
        accepted,
        job.endedAt());
  }
}
