package org.shanpai.order.intake;

import java.time.Duration;
import java.time.Instant;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.order.quote.DeliveryQuote;

/** The city does not serve what was asked, though nothing is wrong with the asking. */
public final class Refusal extends Problem {

  private final DemandMissed.Reason reason;
  private final Instant opensAt;

  Refusal(
      DemandMissed.Reason reason,
      int status,
      String slug,
      String field,
      String detail,
      int retryAfterSeconds) {
    this(reason, status, slug, field, detail, retryAfterSeconds, null);
  }

  private Refusal(
      DemandMissed.Reason reason,
      int status,
      String slug,
      String field,
      String detail,
      int retryAfterSeconds,
      Instant opensAt) {
    super(status, slug, field, detail, retryAfterSeconds);
    this.reason = reason;
    this.opensAt = opensAt;
  }

  /**
   * The store is closed.
   *
   * @param opensAt when it opens next, city time; null when nobody can tell
   */
  static Refusal closed(StoreId store, Instant opensAt, Instant now) {
    boolean soon =
        opensAt != null && Duration.between(now, opensAt).compareTo(Duration.ofDays(30)) < 0;
    return new Refusal(
        DemandMissed.Reason.CLOSED,
        422,
        "store-closed",
        "storeId",
        "The store " + store + " is closed" + (opensAt == null ? "." : " until " + opensAt + "."),
        soon ? (int) Math.max(1, Duration.between(now, opensAt).toSeconds()) : 0,
        opensAt);
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

  /** The store is not open from the start of a window to its end. */
  static Refusal closedIn(StoreId store, TimeWindow window, Instant opensAt) {
    return new Refusal(
        DemandMissed.Reason.CLOSED,
        422,
        "store-closed",
        "deliverBetween",
        "The store "
            + store
            + " is not open from "
            + window.start()
            + " to "
            + window.end()
            + (opensAt == null ? "." : "; it opens next at " + opensAt + "."),
        0,
        opensAt);
  }

  /** When a closed store opens next, city time; null for all else, and when nobody can tell. */
  public Instant opensAt() {
    return opensAt;
  }

  /** What the city is told. */
  DemandMissed.Reason reason() {
    return reason;
  }
}
