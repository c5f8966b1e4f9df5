package org.shanpai.controlroom.city;

import java.time.Instant;
import java.util.Optional;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.event.SosState;
import org.shanpai.contracts.event.WeatherAlert;

/** Which events are worth a line in the running list, and how loud it is. */
final class FeedLines {

  private FeedLines() {}

  static Optional<FeedItem> of(String eventId, Instant at, OrderState order) {
    if (reported(order)) {
      return Optional.of(
          new FeedItem(
              eventId,
              at,
              "MERCHANT_REPORTED",
              FeedItem.Tone.BAD,
              order.orderId(),
              null,
              null,
              order.storeId(),
              order.areaId(),
              order.reportedReason()));
    }
    if (order.status() != OrderStatus.CREATED) {
      return Optional.empty();
    }
    return Optional.of(
        new FeedItem(
            eventId,
            at,
            "ORDER_CREATED",
            FeedItem.Tone.PLAIN,
            order.orderId(),
            null,
            null,
            order.storeId(),
            order.areaId(),
            null));
  }

  /** The merchant says with this very version that something went wrong. */
  private static boolean reported(OrderState order) {
    return order.reportedVersion() != null && order.reportedVersion() == order.version();
  }

  /** A job that was just opened, or is being offered or visited, makes no line. */
  static Optional<FeedItem> of(String eventId, Instant at, JobState job) {
    if (job.unclaimed() != null && job.unclaimed().equals(job.reason())) {
      return Optional.of(unclaimed(eventId, at, job));
    }
    boolean late = job.endedAt() != null && job.endedAt().isAfter(job.promise().end());
    FeedItem.Tone tone;
    String what = "JOB_" + job.status();
    switch (job.status()) {
      case ASSIGNED, PICKED_UP -> tone = FeedItem.Tone.PLAIN;
      case DELIVERED -> {
        tone = late ? FeedItem.Tone.BAD : FeedItem.Tone.GOOD;
        what = late ? "JOB_DELIVERED_LATE" : what;
      }
      case CANCELLED, RETURNED -> tone = FeedItem.Tone.WARN;
      case RETURNING, EXCEPTION -> tone = FeedItem.Tone.BAD;
      case OPEN -> {
        if (job.epoch() == 0 || job.version() == 1 || offersOwnLine(job.reason())) {
          return Optional.empty();
        }
        what = "JOB_REOPENED";
        tone = FeedItem.Tone.WARN;
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(
        new FeedItem(
            eventId,
            at,
            what,
            tone,
            job.orderId(),
            job.jobId(),
            job.riderId(),
            job.storeId(),
            job.areaId(),
            job.reason()));
  }

  /** One more step because nobody takes the job; loud once an operator is called. */
  private static FeedItem unclaimed(String eventId, Instant at, JobState job) {
    boolean quiet = job.reason().equals("PAY_RAISED") || job.reason().equals("NEIGHBOURS_ASKED");
    return new FeedItem(
        eventId,
        at,
        "JOB_UNCLAIMED",
        quiet ? FeedItem.Tone.WARN : FeedItem.Tone.BAD,
        job.orderId(),
        job.jobId(),
        null,
        job.storeId(),
        job.areaId(),
        job.reason());
  }

  /** Refusals of offers come as offer events, which name the rider. */
  private static boolean offersOwnLine(String reason) {
    return "DECLINED".equals(reason) || "EXPIRED".equals(reason) || "OFFERED".equals(reason);
  }

  static Optional<FeedItem> of(String eventId, Instant at, OfferState offer) {
    if (offer.status() != OfferState.Status.DECLINED
        && offer.status() != OfferState.Status.EXPIRED) {
      return Optional.empty();
    }
    return Optional.of(
        new FeedItem(
            eventId,
            at,
            "OFFER_" + offer.status(),
            FeedItem.Tone.WARN,
            null,
            offer.jobs().isEmpty() ? null : offer.jobs().get(0).jobId(),
            offer.riderId(),
            offer.jobs().isEmpty() ? null : offer.jobs().get(0).storeId(),
            offer.areaId(),
            offer.reason()));
  }

  static FeedItem of(String eventId, Instant at, WeatherAlert alert) {
    return new FeedItem(
        eventId,
        at,
        "WEATHER",
        alert.level() == WeatherAlert.Level.NONE ? FeedItem.Tone.GOOD : FeedItem.Tone.WARN,
        null,
        null,
        null,
        null,
        alert.areaId(),
        alert.level().name());
  }

  /** A call for help is as loud as a line can be until somebody answers it. */
  static FeedItem of(String eventId, Instant at, SosState alarm) {
    return new FeedItem(
        eventId,
        at,
        "SOS_" + alarm.status(),
        alarm.status() == SosState.Status.OPEN ? FeedItem.Tone.BAD : FeedItem.Tone.WARN,
        null,
        alarm.jobs().isEmpty() ? null : alarm.jobs().get(0),
        alarm.riderId(),
        null,
        null,
        null);
  }

  static FeedItem paused(String eventId, Instant at, AreaState area) {
    return new FeedItem(
        eventId,
        at,
        area.paused() ? "AREA_PAUSED" : "AREA_RESUMED",
        area.paused() ? FeedItem.Tone.WARN : FeedItem.Tone.GOOD,
        null,
        null,
        null,
        null,
        area.areaId(),
        null);
  }

  static Optional<FeedItem> of(String eventId, Instant at, ScoreEntry entry) {
    if (entry.milliPoints() >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new FeedItem(
            eventId,
            at,
            "SCORE_LOST",
            FeedItem.Tone.PLAIN,
            null,
            null,
            entry.riderId(),
            null,
            null,
            entry.rule()));
  }
}
