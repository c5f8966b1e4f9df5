package org.shanpai.order.virtualnumber.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.privacy.Erasable;
import org.shanpai.order.privacy.Resealable;
import org.shanpai.order.privacy.Sealing;
import org.shanpai.order.virtualnumber.NumberLeases;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/** {@link NumberLeases} in PostgreSQL; the real telephones are sealed. */
@ApplicationScoped
class PostgresNumberLeases implements NumberLeases, Erasable, Resealable {

  private static final String COLUMNS = "lease_id, order_id, audience, number";

  private static final String RELEASE =
      "update number_lease set sealed = null, sealed_with = null, wall_released_at = :now"
          + " where wall_released_at is null and ";

  private final Tx tx;
  private final Sealing sealing;
  private final WallClock wall;

  PostgresNumberLeases(Tx tx, Sealing sealing, WallClock wall) {
    this.tx = tx;
    this.sealing = sealing;
    this.wall = wall;
  }

  @Override
  public Uni<Optional<Held>> held(OrderId order, Audience audience) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from number_lease where order_id = :orderId and audience ="
                            + " :audience and wall_released_at is null",
                        Object[].class)
                    .setParameter("orderId", order.value())
                    .setParameter("audience", audience.name())
                    .getResultList())
        .map(rows -> rows.stream().findFirst().map(PostgresNumberLeases::held));
  }

  @Override
  public Uni<Optional<Held>> dialled(String number) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from number_lease where number = :number"
                            + " and wall_released_at is null",
                        Object[].class)
                    .setParameter("number", number)
                    .getResultList())
        .map(rows -> rows.stream().findFirst().map(PostgresNumberLeases::held));
  }

  @Override
  public Uni<Boolean> lend(Held fresh, String realPhone, Instant now, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into number_lease (lease_id, order_id, audience, number, sealed,
                            sealed_with, wall_leased_at, wall_until)
                        values (:leaseId, :orderId, :audience, :number, :sealed, :keyId, :now,
                            :until)
                        on conflict do nothing
                        """)
                    .setParameter("leaseId", fresh.leaseId())
                    .setParameter("orderId", fresh.orderId().value())
                    .setParameter("audience", fresh.audience().name())
                    .setParameter("number", fresh.number())
                    .setParameter("sealed", sealing.seal(context(fresh.leaseId()), realPhone))
                    .setParameter("keyId", sealing.keyId())
                    .setParameter("now", now)
                    .setParameter("until", until)
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<Void> prolong(Held held, String realPhone, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update number_lease set sealed = :sealed, sealed_with = :keyId,"
                            + " wall_until = :until where lease_id = :leaseId"
                            + " and wall_released_at is null")
                    .setParameter("sealed", sealing.seal(context(held.leaseId()), realPhone))
                    .setParameter("keyId", sealing.keyId())
                    .setParameter("until", until)
                    .setParameter("leaseId", held.leaseId())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> release(OrderId order, Instant now) {
    return releaseAll(List.of(order.value()), now);
  }

  @Override
  public Uni<Void> release(OrderId order, Audience audience, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(RELEASE + "order_id = :orderId and audience = :audience")
                    .setParameter("now", now)
                    .setParameter("orderId", order.value())
                    .setParameter("audience", audience.name())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> releaseDue(Instant now, Instant endedBefore, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        RELEASE
                            + """
                            lease_id in (
                              select l.lease_id from number_lease l
                              left join order_contact c using (order_id)
                              where l.wall_released_at is null
                                and (l.wall_until < :now or c.wall_ended_at < :endedBefore)
                              limit :most for update of l skip locked)
                            """)
                    .setParameter("now", now)
                    .setParameter("endedBefore", endedBefore)
                    .setParameter("most", most)
                    .executeUpdate());
  }

  @Override
  public Uni<Void> releaseAll(List<String> orderIds, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(RELEASE + "order_id in (:ids)")
                    .setParameter("now", now)
                    .setParameter("ids", orderIds)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> erase(List<String> orderIds) {
    return releaseAll(orderIds, wall.now());
  }

  @Override
  public String name() {
    return "number_lease";
  }

  @Override
  public Uni<Integer> reseal(String keyId, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select lease_id, sealed from number_lease where sealed_with <> :keyId"
                            + " limit :most for update skip locked",
                        Object[].class)
                    .setParameter("keyId", keyId)
                    .setParameter("most", most)
                    .getResultList())
        .chain(
            rows ->
                Multi.createFrom()
                    .iterable(rows)
                    .onItem()
                    .transformToUniAndConcatenate(this::reseal)
                    .collect()
                    .asList()
                    .map(List::size));
  }

  private Uni<Void> reseal(Object[] row) {
    String context = context((String) row[0]);
    String fresh = sealing.seal(context, sealing.open(context, (String) row[1]));
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update number_lease set sealed = :sealed, sealed_with = :keyId"
                            + " where lease_id = :leaseId")
                    .setParameter("sealed", fresh)
                    .setParameter("keyId", sealing.keyId())
                    .setParameter("leaseId", row[0])
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static String context(String leaseId) {
    return "number_lease/" + leaseId;
  }

  private static Held held(Object[] row) {
    return new Held(
        (String) row[0],
        new OrderId((String) row[1]),
        Audience.valueOf((String) row[2]),
        (String) row[3]);
  }
}
