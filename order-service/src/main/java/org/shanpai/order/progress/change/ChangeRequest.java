package org.shanpai.order.progress.change;

import org.shanpai.contracts.GeoPoint;

/**
 * What a merchant wants to be different; null for what stays, at least one of them given.
 *
 * @param door where the goods go instead, with its {@code address}
 * @param note empty to take it away
 */
public record ChangeRequest(
    GeoPoint door, String address, String contactName, String contactPhone, String note) {

  ContactPatch patch() {
    return new ContactPatch(contactName, contactPhone, address, note);
  }

  @Override
  public String toString() {
    return "ChangeRequest[…]";
  }
}
