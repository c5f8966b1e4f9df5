package org.shanpai.order.orders;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A line of an order's bill.
 *
 * @param fen what the merchant owes; below zero only for a door that came cheaper
 * @param reason why: the code of the ending or of what was asked for
 */
@Schema(name = "Charge")
public record Charge(Kind kind, long fen, String reason) {

  /** What for. */
  public enum Kind {
    /** The delivery, as agreed at intake. */
    DELIVERY,
    /** A cancel after a rider was sent. */
    CANCEL,
    /** The way back of goods that nobody took. */
    RETURN,
    /** What another door made of the delivery fee. */
    CHANGE,
    /** All of it goes to the rider. */
    TIP
  }
}
