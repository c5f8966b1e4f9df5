package org.shanpai.rider.earnings;

import java.time.Instant;
import java.time.LocalDate;
import org.shanpai.chassis.City;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.JobState;

/**
 * One line of what a rider earned. Never negative, never changed, and a function of the job alone:
 * nothing about being late is among its inputs.
 *
 * @param subject the job paid for
 * @param kind {@code BASE}: the pay dispatch promised with the offer
 * @param amount fen, 0 or more
 * @param occurredAt city time of the delivery
 */
public record EarningsLine(
    String riderId,
    String subject,
    Kind kind,
    Money amount,
    LocalDate businessDate,
    Instant occurredAt) {

  /** What the money is for. */
  public enum Kind {
    BASE
  }

  /**
   * @throws IllegalArgumentException when the amount is missing or below 0
   */
  public EarningsLine {
    if (amount == null || amount.fen() < 0) {
      throw new IllegalArgumentException("an earnings line of " + amount + " for " + subject);
    }
  }

  /**
   * Base pay of a delivered job.
   *
   * @throws IllegalArgumentException naming what the job lacks
   */
  public static EarningsLine base(JobState job, City city) {
    if (job.riderId() == null || job.endedAt() == null) {
      throw new IllegalArgumentException("a delivered job without rider or time: " + job.jobId());
    }
    return new EarningsLine(
        job.riderId().value(),
        job.jobId().value(),
        Kind.BASE,
        job.basePay(),
        city.businessDate(job.endedAt()),
        job.endedAt());
  }
}
