package org.shanpai.order.orders;

/** Who receives the goods, and where exactly. Personal data: never in an event or a log line. */
public record Contact(String name, String phone, String address) {

  /** Says nothing, so that no log line can. */
  @Override
  public String toString() {
    return "Contact[…]";
  }
}
