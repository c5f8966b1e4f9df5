package org.shanpai.order.privacy.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.privacy.Retention;

/** {@link Retention} in PostgreSQL. */
@ApplicationScoped
class PostgresRetention implements Retention {

  private final Tx tx;

  PostgresRetention(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Optional<Standing>> of(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select wall_ended_at, wall_erased_at from order_contact"
                            + " where order_id = :orderId",
                        Object[].class)
                    .setParameter("orderId", order.value())
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(row -> new Standing(Instants.of(row[0]), Instants.of(row[1]))));
  }

  @Override
  public Uni<Integer> noteEnded(Instant now, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        update order_contact set wall_ended_at = :now where order_id in (
                          select c.order_id from order_contact c join orders o using (order_id)
                          where c.wall_ended_at is null
                            and o.status in ('DELIVERED', 'CANCELLED', 'RETURNED')
                          order by c.order_id limit :most for update of c skip locked)
                        """)
                    .setParameter("now", now)
                    .setParameter("most", most)
                    .executeUpdate());
  }

  @Override
  public Uni<List<String>> due(Instant endedBefore, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        select order_id from order_contact
                        where wall_ended_at < :before and wall_erased_at is null
                        order by wall_ended_at limit :most for update skip locked
                        """,
                        String.class)
                    .setParameter("before", endedBefore)
                    .setParameter("most", most)
                    .getResultList());
  }

  @Override
  public Uni<Void> eraseContacts(List<String> orderIds, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        update order_contact
                        set sealed = null, sealed_with = null, phone_hash = null, door_hash = null,
                            name = null, phone = null, address = null,
                            wall_ended_at = coalesce(wall_ended_at, :now), wall_erased_at = :now
                        where order_id in (:ids) and wall_erased_at is null
                        """)
                    .setParameter("now", now)
                    .setParameter("ids", orderIds)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> mine() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select pg_try_advisory_xact_lock(hashtextextended('erasure', 0))",
                        Boolean.class)
                    .getSingleResult());
  }
}
