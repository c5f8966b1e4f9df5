package org.shanpai.rider.feedback;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.contracts.event.OrderFeedback.Kind;

/**
 * What a customer said of a delivery, without who they are.
 *
 * @param stars 1–5 for a rating; else null
 * @param tags codes, sorted
 * @param shownAt city time from which the rider may see it
 */
public record Said(
    String feedbackId,
    long revision,
    String riderId,
    String orderId,
    Kind kind,
    Integer stars,
    List<String> tags,
    boolean verified,
    Instant saidAt,
    Instant shownAt) {

  /**
   * A moment of a later business day that depends on the word's id alone, so that neither the time
   * nor the order of what is shown says whose it is.
   *
   * @param days from 1
   */
  static Instant shownAt(
      String feedbackId, Instant saidAt, City city, int days, LocalTime from, Duration spread) {
    long seconds = Math.max(1, spread.toSeconds());
    long shuffled = Long.parseLong(Secrets.hash("shown\n" + feedbackId).substring(0, 12), 16);
    return city.businessDate(saidAt)
        .plusDays(Math.max(1, days))
        .atTime(from)
        .atZone(city.zone())
        .toInstant()
        .plusSeconds(shuffled % seconds);
  }
}
