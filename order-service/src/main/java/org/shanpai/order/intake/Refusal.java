package org.shanpai.order.intake;

import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.order.quote.DeliveryQuote;

/** The city does not serve what was asked, though nothing is wrong with the asking. */
final class Refusal extends Problem {

  private final DemandMissed.Reason reason;

  Refusal(
      DemandMissed.Reason reason,
      int status,
      String slug,
      String field,
      String detail,
      int retryAfterSeconds) {
    super(status, slug, field, detail, retryAfterSeconds);
    this.reason = reason;
  }

  static Refusal of(DeliveryQuote.Refusal why, StoreId store) {
    return switch (why) {
      case NO_GO ->
          noWay("no-go-zone", "The place lies in a zone that no rider enters at present.");
      case NO_WAY -> noWay("no-way", "No way leads from the store " + store + " to the place.");
      case OUTSIDE_DELIVERY_RANGE ->
          new Refusal(
              DemandMissed.Reason.OUT_OF_RANGE,
              422,
              "out-of-range",
              "dropoff.place",
              "The place lies outside the zone in which the store " + store + " delivers.",
              0);
    };
  }

  private static Refusal noWay(String slug, String detail) {
    return new Refusal(DemandMissed.Reason.NO_WAY, 422, slug, "dropoff.place", detail, 0);
  }

  /** What the city is told. */
  DemandMissed.Reason reason() {
    return reason;
  }
}
