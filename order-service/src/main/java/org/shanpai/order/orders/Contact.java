package org.shanpai.order.orders;

/**
 * Who receives the goods, and where exactly. Personal data: never in an event or a log line, sealed
 * at rest by {@link org.shanpai.order.privacy.Contacts}.
 *
 * @param note what the customer wants the rider to know (备注), or null
 * @param dropInstruction where to leave the goods when a drop point was agreed, or null
 */
public record Contact(
    String name, String phone, String address, String note, String dropInstruction) {

  public Contact(String name, String phone, String address) {
    this(name, phone, address, null, null);
  }

  public Contact withPhone(String other) {
    return new Contact(name, other, address, note, dropInstruction);
  }

  public Contact withAddress(String other) {
    return new Contact(name, phone, other, note, dropInstruction);
  }

  public Contact withNote(String other) {
    return new Contact(name, phone, address, other, dropInstruction);
  }

  /** Says nothing, so that no log line can. */
  @Override
  public String toString() {
    return "Contact[…]";
  }
}
