package org.shanpai.order.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.util.List;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.box.Box;

/**
 * How the goods of an order are packed, and which other orders carry the rest of the purchase.
 *
 * @param linkedTo the order that leads; null for one that leads or stands alone
 * @param partCount orders linked to this one
 * @param boxes null for orders from before there were boxes
 */
@Embeddable
public record Packed(
    @Column(name = "linked_to") String linkedTo,
    @Column(name = "part_count") int partCount,
    @Convert(converter = BoxesColumn.class) @Column(name = "boxes") List<Box> boxes) {

  static final Packed UNTOLD = new Packed(null, 0, null);

  /** An order that leads so many others; 0 for one that stands alone. */
  public static Packed leading(int parts, List<Box> boxes) {
    return new Packed(null, parts, boxes);
  }

  /** An order that carries a further load of another's purchase. */
  public static Packed part(OrderId lead, List<Box> boxes) {
    return new Packed(lead.value(), 0, boxes);
  }

  /** The order that leads, or null. */
  public OrderId lead() {
    return linkedTo == null ? null : new OrderId(linkedTo);
  }
}
