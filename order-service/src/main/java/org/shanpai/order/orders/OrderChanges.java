package org.shanpai.order.orders;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.messaging.Outbox;
import org.shanpai.order.sandbox.SandboxPlays;
import org.shanpai.order.tracking.TrackingLinks;
import org.shanpai.order.webhook.StatusNotice;
import org.shanpai.order.webhook.Webhooks;

/**
 * Tells a change of an order to everyone who must know, in the transaction of the change: the
 * history, the other services through the outbox, the merchant's webhook.
 */
@ApplicationScoped
public class OrderChanges {

  private final Orders orders;
  private final Outbox outbox;
  private final Webhooks webhooks;
  private final SandboxPlays sandbox;
  private final City city;

  OrderChanges(Orders orders, Outbox outbox, Webhooks webhooks, SandboxPlays sandbox, City city) {
    this.orders = orders;
    this.outbox = outbox;
    this.webhooks = webhooks;
    this.sandbox = sandbox;
    this.city = city;
  }

  /**
   * A new order; its first history entry is already written with it. Waits for none of its
   * statements before it sends the next.
   */
  public Uni<Void> tellCreated(Order order) {
    return Uni.combine()
        .all()
        .unis(
            publish(order),
            webhooks.queue(
                order.merchantId(),
                notice(order, new OrderEntry(order, EntryKind.CREATED, order.createdAt()))))
        .discardItems();
  }

  /**
   * A change of an order, after it was made.
   *
   * @param at when it happened, city time
   */
  public Uni<Void> tell(Order order, EntryKind kind, Instant at) {
    return tell(order, new OrderEntry(order, kind, at));
  }

  /** A change of an order with an entry that has a reason of its own. */
  public Uni<Void> tell(Order order, OrderEntry entry) {
    return orders
        .append(entry)
        .chain(() -> publish(order))
        .chain(() -> webhooks.queue(order.merchantId(), notice(order, entry)));
  }

  /** What the other services are to know differently, and nobody else needs to hear of. */
  public Uni<Void> tellServices(Order order) {
    return publish(order);
  }

  private Uni<Void> publish(Order order) {
    if (order.sandbox()) {
      // Its dispatch is the made-up one in this service. Nobody else ever hears of it.
      return sandbox.heard(order.id());
    }
    return outbox.append(
        EventType.ORDER_STATE, order.id().value(), order.version(), order.state(city.id()));
  }

  private static StatusNotice notice(Order order, OrderEntry entry) {
    return new StatusNotice(
        order.id(),
        order.merchantOrderNo(),
        order.storeId(),
        order.version(),
        entry.kind(),
        order.status(),
        entry.reason(),
        entry.fault(),
        order.riderId(),
        order.cancelOutcome() == null ? null : order.cancelOutcome().name(),
        order.plannedPickupAt(),
        order.plannedDeliveryAt(),
        order.sandbox(),
        entry.at(),
        TrackingLinks.of(order.id(), order.packed().lead()));
  }
}
