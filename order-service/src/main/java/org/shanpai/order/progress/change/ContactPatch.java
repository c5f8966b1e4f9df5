package org.shanpai.order.progress.change;

import org.shanpai.order.orders.Contact;

/**
 * What becomes different of a contact; null for what stays. Personal data: never in an event or a
 * log line.
 */
record ContactPatch(String name, String phone, String address, String note) {

  Contact on(Contact contact) {
    return new Contact(
        name == null ? contact.name() : name,
        phone == null ? contact.phone() : phone,
        address == null ? contact.address() : address,
        note == null ? contact.note() : note.isEmpty() ? null : note,
        contact.dropInstruction());
  }

  @Override
  public String toString() {
    return "ContactPatch[…]";
  }
}
