package org.shanpai.order.orders;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.OrderStatus;

/** The orders of the city, in the transaction of the caller. */
public interface Orders {

  /**
   * What to list.
   *
   * @param storeId only of this store, or null
   * @param status only in this status, or null
   * @param merchantOrderNo only with this number of the merchant's, or null
   * @param before only ids that sort below it: older ones; null for the newest
   * @param limit 1–200
   */
  record Query(
      MerchantId merchantId,
      StoreId storeId,
      OrderStatus status,
      String merchantOrderNo,
      String before,
      int limit) {}

  /**
   * Writes a new order with its contact and the first entry of its history. The order knows its
   * customer's key from then on.
   *
   * @return false when the merchant has used its own number before; nothing is written then
   */
  Uni<Boolean> insert(Order order, Contact contact);

  Uni<Optional<Order>> find(OrderId id);

  /** The order with its row locked until the transaction ends. */
  Uni<Optional<Order>> lock(OrderId id);

  /** Ids of those that are linked to this one: what is to be locked must not be read before. */
  Uni<List<OrderId>> partIds(OrderId lead);

  /** Those that are linked to this one. */
  Uni<List<Order>> parts(OrderId lead);

  /** The newest first. */
  Uni<List<Order>> list(Query query);

  Uni<Void> append(OrderEntry entry);

  /** The oldest first. */
  Uni<List<OrderEntry>> history(OrderId id);
}
