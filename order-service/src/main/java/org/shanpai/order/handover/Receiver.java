package org.shanpai.order.handover;

import org.shanpai.order.orders.Contact;
import org.shanpai.order.virtualnumber.CallNumbers;

/**
 * Whom a rider hands over to.
 *
 * @param contact as the merchant told it; its telephone is for this service only
 * @param number what the rider may call
 */
public record Receiver(Contact contact, CallNumbers.Told number) {

  /** Says nothing, so that no log line can. */
  @Override
  public String toString() {
    return "Receiver[…]";
  }
}
