package org.shanpai.rider.earnings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExtraPay;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;

/**
 * One line of what a rider earned. Never negative, never changed, and a function of the job alone:
 * nothing about being late is among its inputs.
 *
 * @param subject what is paid for, once for each kind and revision: the job; {@code job#epoch} for
 *     extra pay; {@code job#fen} for a tip, by what it has risen to; {@code enrolment#milestone};
 *     {@code scheme#month}
 * @param kind what the money is for
 * @param amount fen, 0 or more
 * @param occurredAt city time of the delivery, or of what the rider is paid for besides
 * @param revision 0 first; a top-up is the next
 */
public record EarningsLine(
    String riderId,
    String subject,
    Kind kind,
    Money amount,
    LocalDate businessDate,
    Instant occurredAt,
    int revision) {

  /** What the money is for. */
  public enum Kind {
    /** The pay dispatch promised with the offer, without what is for the way. */
    BASE,
    /** What the merchant adds (小费), all of it. */
    TIP,
    /** Sent to a store in vain (空跑). */
    WASTED_TRIP,
    /** Kept waiting beyond what the kitchen promised (等待). */
    WAIT,
    /** Brought the goods back to the store (退回). */
    RETURN,
    /** The part of the promised pay that is for the way (里程). */
    DISTANCE,
    /** Carried in bad weather (天气补贴). */
    WEATHER,
    /** What yesterday's level adds (等级奖励). */
    LEVEL_REWARD,
    /** A campaign (活动奖励). */
    CAMPAIGN,
    /** Welfare (福利). */
    WELFARE;

    /** Whether its subject is a job. */
    public boolean ofJob() {
      return this != CAMPAIGN && this != WELFARE;
    }
  }

  /** What is paid at once and whole. */
  public EarningsLine(
      String riderId,
      String subject,
      Kind kind,
      Money amount,
      LocalDate businessDate,
      Instant occurredAt) {
    this(riderId, subject, kind, amount, businessDate, occurredAt, 0);
  }

  /**
   * @throws IllegalArgumentException when the amount is missing or below 0
   */
  public EarningsLine {
    if (amount == null || amount.fen() < 0 || revision < 0) {
      throw new IllegalArgumentException("an earnings line of " + amount + " for " + subject);
    }
  }

  /** The job paid for; null for what is no job's. */
  public String job() {
    if (!kind.ofJob()) {
      return null;
    }
    int mark = subject.indexOf('#');
    return mark < 0 ? subject : subject.substring(0, mark);
  }

  /**
   * Whether the job's base pay is due: it was delivered, or it ended by something for which the
   * table of exceptions pays the rider all the same.
   */
  public static boolean basePayIsDue(JobState job) {
    return job.status() == JobStatus.DELIVERED
        || (job.status() == JobStatus.RETURNED
            && job.riderId() != null
            && ExceptionReason.find(job.reason()).filter(row -> row.pay().base()).isPresent());
  }

  /** What a rider gets besides; its amount is dispatch's word. */
  public static EarningsLine extra(JobState job, ExtraPay pay, City city, Instant at) {
    return new EarningsLine(
        pay.riderId().value(),
        job.jobId().value() + "#" + pay.epoch(),
        Kind.valueOf(pay.kind().name()),
        pay.amount(),
        city.businessDate(at),
        at);
  }

  /**
   * A part of the tip of a delivered job.
   *
   * @param upTo what the tip has risen to
   * @param amount of it that has not been paid yet
   */
  static EarningsLine tip(JobState job, Money upTo, Money amount, City city) {
    return new EarningsLine(
        job.riderId().value(),
        job.jobId().value() + "#" + upTo.fen(),
        Kind.TIP,
        amount,
        city.businessDate(job.endedAt()),
        job.endedAt());
  }

  /**
   * What dispatch promised for a job that has ended: one line for it, and one for its way where
   * dispatch tells that apart. Their sum is what was promised.
   *
   * @throws IllegalArgumentException naming what the job lacks, or when the way is paid more than
   *     the whole
   */
  public static List<EarningsLine> promised(JobState job, City city) {
    if (job.riderId() == null || job.endedAt() == null || job.basePay() == null) {
      throw new IllegalArgumentException(
          "a delivered job without rider, time or pay: " + job.jobId());
    }
    if (job.distancePay() == null || job.distancePay().fen() == 0) {
      return List.of(promised(job, Kind.BASE, job.basePay(), city));
    }
    Money fixed = Money.ofFen(job.basePay().fen() - job.distancePay().fen());
    return List.of(
        promised(job, Kind.BASE, fixed, city),
        promised(job, Kind.DISTANCE, job.distancePay(), city));
  }

  private static EarningsLine promised(JobState job, Kind kind, Money amount, City city) {
    return new EarningsLine(
        job.riderId().value(),
        job.jobId().value(),
        kind,
        amount,
        city.businessDate(job.endedAt()),
        job.endedAt());
  }
}
