package org.shanpai.order.sandbox;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.orders.Order;

/** The plays of the sandbox, in the transaction of the caller. Instants are city time. */
public interface SandboxPlays {

  /** Writes the play of an order that was just written; it begins after the commit. */
  Uni<Void> begin(Order order, SandboxWish wish);

  /** The order has changed: the made-up dispatch shall look at it after the commit. */
  Uni<Void> heard(OrderId id);

  /** Orders whose play goes on, or was heard of, the longest waiting first. */
  Uni<List<OrderId>> due(Instant now, int limit);

  /** The play with its row locked. Take the order's lock first. */
  Uni<Optional<SandboxPlay>> lock(OrderId id);

  Uni<Optional<SandboxPlay>> find(OrderId id);

  /** What to do when a play begins or is heard of on this replica, after the commit. */
  void whenNews(Runnable action);
}
