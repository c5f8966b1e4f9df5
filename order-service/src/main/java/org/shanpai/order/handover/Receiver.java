package org.shanpai.order.handover;

import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.Terms;
import org.shanpai.order.virtualnumber.CallNumbers;

/**
 * Whom a rider hands over to, and how.
 *
 * @param contact as the merchant told it; its telephone is for this service only
 * @param number what the rider may call
 * @param terms which checks the goods need, and whether they may be left
 */
public record Receiver(Contact contact, CallNumbers.Told number, Terms terms) {

  /** Says nothing, so that no log line can. */
  @Override
  public String toString() {
    return "Receiver[…]";
  }
}
