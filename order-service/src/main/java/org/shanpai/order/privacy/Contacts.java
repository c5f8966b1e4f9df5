package org.shanpai.order.privacy;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.orders.Contact;

/**
 * The personal data of orders: the only door to {@code order_contact}. Sealed at rest, erased some
 * time after the order's end. All but {@link #seal} and {@link #customerKey} run in the session of
 * the caller.
 */
public interface Contacts {

  /** What to write of a new order's contact, in the statement that writes the order. No I/O. */
  SealedContact seal(OrderId order, Contact contact);

  /** What dispatch knows the customer with that telephone by; nothing can be read from it. */
  String customerKey(Contact contact);

  /** The contact; empty when there is no such order, or its personal data was erased. */
  Uni<Optional<Contact>> find(OrderId order);

  /**
   * Puts another contact in its place. Lock the order first: what is read before and written here
   * is one change.
   *
   * @return false when there is none to replace, because it was erased or never was
   */
  Uni<Boolean> replace(OrderId order, Contact contact);

  /**
   * A merchant's orders with that telephone number, the newest first.
   *
   * @param phone however written: spaces, dashes and +86 do not matter
   * @param limit 1–200
   */
  Uni<List<OrderId>> withPhone(MerchantId merchant, String phone, int limit);
}
