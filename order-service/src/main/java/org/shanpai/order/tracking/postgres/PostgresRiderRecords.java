package org.shanpai.order.tracking.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.tracking.RiderRecords;

/** {@link RiderRecords} in PostgreSQL. */
@ApplicationScoped
class PostgresRiderRecords implements RiderRecords {

  private static final String FOLLOW =
      """
      insert into rider_label as known (rider_id, version, label)
      values (:rider, :version, :label)
      on conflict (rider_id) do update set version = excluded.version, label = excluded.label
      where known.version < excluded.version
      """;

  // A rider who stands at a door has it before every other; without a plan nobody knows.
  private static final String DOORS_BEFORE =
      """
      select count(*) from orders
      where rider_id = :rider and order_id <> :order
        and status in ('PICKED_UP', 'RIDER_AT_CUSTOMER')
        and (status = 'RIDER_AT_CUSTOMER'
             or planned_delivery_at is null
             or planned_delivery_at <= :planned)
      """;

  private final Tx tx;

  PostgresRiderRecords(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Void> follow(RiderState rider) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(FOLLOW)
                    .setParameter("rider", rider.riderId().value())
                    .setParameter("version", rider.version())
                    .setParameter("label", rider.label() == null ? "" : rider.label())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<String>> findLabel(RiderId rider) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select label from rider_label where rider_id = :rider", String.class)
                    .setParameter("rider", rider.value())
                    .getResultList())
        .map(List::stream)
        .map(labels -> labels.findFirst());
  }

  @Override
  public Uni<Integer> countDoorsBefore(Order order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(DOORS_BEFORE, Long.class)
                    .setParameter("rider", order.riderId().value())
                    .setParameter("order", order.id().value())
                    .setParameter(
                        "planned",
                        order.plannedDeliveryAt() == null
                            ? order.promise().end()
                            : order.plannedDeliveryAt())
                    .getSingleResult())
        .map(Long::intValue);
  }
}
