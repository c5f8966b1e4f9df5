package org.shanpai.order.progress.cancel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.Fault;

/**
 * What a cancel costs and whose doing it is: a table of reasons and stages.
 *
 * <table>
 * <caption>Fee by stage and fault</caption>
 * <tr><th></th><th>merchant, customer</th><th>platform, rider, weather, none</th></tr>
 * <tr><td>nobody assigned</td><td>0</td><td>0</td></tr>
 * <tr><td>assigned</td><td>trip</td><td>0</td></tr>
 * <tr><td>at the store</td><td>trip + arrival</td><td>0</td></tr>
 * </table>
 *
 * <p>Never more than the delivery would have cost.
 *
 * @param tripFen 0 or more
 * @param arrivalFen 0 or more
 */
public record CancelTable(long tripFen, long arrivalFen) {

  /**
   * What the platform itself saw.
   *
   * @param freeCancel dispatch gave up looking and lets the order go for nothing
   * @param nobodyFound dispatch has begun its steps for a job that nobody takes
   * @param late behind the promise or the plan, with nobody at the store
   * @param severeWeather an orange or red alert holds
   */
  public record Seen(
      boolean freeCancel, boolean nobodyFound, boolean late, boolean severeWeather) {}

  /** A part of a fee. */
  @Schema(name = "CancelFeePart")
  public record Part(Kind kind, long fen) {

    /** What for. */
    public enum Kind {
      /** A rider's way to the store. */
      TRIP,
      /** The rider stands there. */
      ARRIVAL
    }
  }

  /** Why it costs what it costs. */
  public enum Why {
    /** Nobody has accepted it yet. */
    NOBODY_ASSIGNED,
    /** A rider is on the way, or at the store, in vain. */
    RIDER_SENT,
    /** Whose doing it is does not pay: platform, rider, weather. */
    NOT_YOUR_DOING,
    /** Dispatch found nobody and lets it go for nothing, whatever the reason. */
    FREE_CANCEL,
    /** What the reason says was not seen, so that it counts as the merchant's own wish. */
    REASON_NOT_BORNE_OUT
  }

  /**
   * What a cancel comes to.
   *
   * @param fault whose doing it is
   * @param parts what the fee is made of; empty for none
   */
  public record Terms(Fault fault, Why why, List<Part> parts) {

    /** The same with more to pay. */
    Terms with(List<Part> more) {
      return new Terms(fault, why, Stream.concat(parts.stream(), more.stream()).toList());
    }

    public long feeFen() {
      return parts.stream().mapToLong(Part::fen).sum();
    }
  }

  /**
   * @throws IllegalArgumentException for a negative fee
   */
  public CancelTable {
    if (tripFen < 0 || arrivalFen < 0) {
      throw new IllegalArgumentException(
          "shanpai.afterwards.trip-fen and arrival-fen must be 0 or more but are "
              + tripFen
              + " and "
              + arrivalFen);
    }
  }

  /**
   * What a cancel that the merchant asks for comes to.
   *
   * @param stage one that can be cancelled
   * @param deliveryFee the fee's upper limit
   */
  public Terms terms(CancelReason reason, CancelStage stage, Seen seen, Money deliveryFee) {
    if (seen.freeCancel()) {
      return new Terms(Fault.PLATFORM, Why.FREE_CANCEL, List.of());
    }
    boolean holds =
        switch (reason.proof()) {
          case NOT_NEEDED -> true;
          case LATE -> seen.late();
          case NOBODY_FOUND -> seen.nobodyFound();
          case SEVERE_WEATHER -> seen.severeWeather();
        };
    Fault fault = holds ? reason.fault() : Fault.MERCHANT;
    List<Part> parts = parts(fault, stage, deliveryFee);
    Why why;
    if (!holds) {
      why = Why.REASON_NOT_BORNE_OUT;
    } else if (!pays(fault)) {
      why = Why.NOT_YOUR_DOING;
    } else {
      why = stage == CancelStage.UNASSIGNED ? Why.NOBODY_ASSIGNED : Why.RIDER_SENT;
    }
    return new Terms(fault, why, parts);
  }

  /** What a cancel costs that somebody else decided. */
  public long feeFen(Fault fault, CancelStage stage, Money deliveryFee) {
    return parts(fault, stage, deliveryFee).stream().mapToLong(Part::fen).sum();
  }

  private List<Part> parts(Fault fault, CancelStage stage, Money deliveryFee) {
    List<Part> parts = new ArrayList<>();
    long left = deliveryFee.fen();
    if (pays(fault) && (stage == CancelStage.ASSIGNED || stage == CancelStage.AT_STORE)) {
      left = add(parts, Part.Kind.TRIP, tripFen, left);
      if (stage == CancelStage.AT_STORE) {
        add(parts, Part.Kind.ARRIVAL, arrivalFen, left);
      }
    }
    return List.copyOf(parts);
  }

  private static long add(List<Part> parts, Part.Kind kind, long fen, long left) {
    long taken = Math.min(fen, Math.max(0, left));
    if (taken > 0) {
      parts.add(new Part(kind, taken));
    }
    return left - taken;
  }

  /** Merchants answer for themselves and for their customers. */
  private static boolean pays(Fault fault) {
    return fault == Fault.MERCHANT || fault == Fault.CUSTOMER;
  }
}
