package org.shanpai.order.orders;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;

/** The further loads of a purchase that takes several riders; each is an order of its own. */
@ApplicationScoped
public class LinkedOrders {

  // Boxes are numbered through the purchase; ids made in the same moment are in no order.
  private static final Comparator<Order> BY_BOX =
      Comparator.comparingInt(part -> part.packed().boxes().get(0).number());

  private final Tx tx;
  private final Orders orders;

  LinkedOrders(Tx tx, Orders orders) {
    this.tx = tx;
    this.orders = orders;
  }

  /** The orders linked to this one, in their order; none for one that leads nobody. */
  public Uni<List<Order>> parts(Order lead) {
    return lead.packed().partCount() == 0
        ? Uni.createFrom().item(List.of())
        : tx.read(() -> orders.parts(lead.id()))
            .map(parts -> parts.stream().sorted(BY_BOX).toList());
  }

  /**
   * Does something to each linked order whose goods are still at the store and for which no cancel
   * was asked for yet; their rows are locked, in the caller's transaction.
   */
  public Uni<Void> eachAtStore(Order lead, Function<Order, Uni<Void>> act) {
    if (lead.packed().partCount() == 0) {
      return Uni.createFrom().voidItem();
    }
    return orders
        .partIds(lead.id())
        .chain(
            parts -> {
              Uni<Void> done = Uni.createFrom().voidItem();
              for (OrderId part : parts) {
                done =
                    done.chain(() -> orders.lock(part))
                        .chain(
                            locked ->
                                locked.filter(LinkedOrders::atStore).isPresent()
                                    ? act.apply(locked.get())
                                    : Uni.createFrom().voidItem());
              }
              return done;
            });
  }

  /** Whether its goods are still there to be kept, and nobody has asked for that yet. */
  public static boolean atStore(Order order) {
    return !order.status().terminal()
        && !StatusTable.pickedUp(order.status())
        && order.cancelOutcome() == null;
  }
}
