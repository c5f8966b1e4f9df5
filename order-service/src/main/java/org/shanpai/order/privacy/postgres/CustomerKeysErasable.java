package org.shanpai.order.privacy.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.privacy.Erasable;

/**
 * Dispatch is told to forget the customer too: the order's state goes out again without the key.
 */
@ApplicationScoped
class CustomerKeysErasable implements Erasable {

  private final Tx tx;
  private final Orders orders;
  private final OrderChanges changes;

  CustomerKeysErasable(Tx tx, Orders orders, OrderChanges changes) {
    this.tx = tx;
    this.orders = orders;
    this.changes = changes;
  }

  @Override
  public Uni<Void> erase(List<String> orderIds) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select order_id from orders where order_id in (:orders)"
                            + " and customer_key is not null order by order_id",
                        String.class)
                    .setParameter("orders", orderIds)
                    .getResultList())
        .chain(
            known ->
                Multi.createFrom()
                    .iterable(known)
                    .onItem()
                    .transformToUniAndConcatenate(this::forget)
                    .collect()
                    .last())
        .replaceWithVoid();
  }

  private Uni<Void> forget(String orderId) {
    return orders
        .lock(new OrderId(orderId))
        .chain(
            found ->
                found
                    .map(
                        order -> {
                          order.forgetCustomer();
                          return changes.tellServices(order);
                        })
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }
}
