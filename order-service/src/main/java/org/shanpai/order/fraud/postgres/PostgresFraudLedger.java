package org.shanpai.order.fraud.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.fraud.Claim;
import org.shanpai.order.fraud.ClaimKind;
import org.shanpai.order.fraud.FraudLedger;
import org.shanpai.order.fraud.Signal;

/** {@link FraudLedger} in PostgreSQL. */
@ApplicationScoped
class PostgresFraudLedger implements FraudLedger {

  /** A rider carries an order no longer than this. */
  private static final Duration BEFORE = Duration.ofHours(2);

  private final Tx tx;
  private final SameCustomer customers;
  private final SignalRows signals;

  PostgresFraudLedger(Tx tx, SameCustomer customers, SignalRows signals) {
    this.tx = tx;
    this.customers = customers;
    this.signals = signals;
  }

  @Override
  public Uni<Boolean> add(Claim claim) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into claim (claim_id, order_id, kind, by_whom, at) values"
                            + " (:claimId, :orderId, :kind, :by, :at) on conflict do nothing")
                    .setParameter("claimId", claim.claimId())
                    .setParameter("orderId", claim.orderId().value())
                    .setParameter("kind", claim.kind().name())
                    .setParameter("by", claim.by().name())
                    .setParameter("at", claim.at())
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<List<Claim>> claims(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select claim_id, kind, by_whom, at from claim where order_id = :orderId"
                            + " order by at, claim_id",
                        Object[].class)
                    .setParameter("orderId", order.value())
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Claim(
                                (String) row[0],
                                order,
                                ClaimKind.valueOf((String) row[1]),
                                Claim.By.valueOf((String) row[2]),
                                Instants.of(row[3])))
                    .toList());
  }

  @Override
  public Uni<Void> ask(Look look, Instant dueAt) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into fraud_look (order_id, kind, rider_id, since, due_at)
                        values (:orderId, :kind, cast(:riderId as text), :since, :dueAt)
                        on conflict do nothing
                        """)
                    .setParameter("orderId", look.orderId().value())
                    .setParameter("kind", look.kind().name())
                    .setParameter("riderId", look.riderId() == null ? null : look.riderId().value())
                    .setParameter("since", look.since())
                    .setParameter("dueAt", dueAt)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Look>> due(Instant now, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        select order_id, kind, rider_id, since, tries from fraud_look
                        where outcome is null and due_at <= :now
                        order by due_at limit :most for update skip locked
                        """,
                        Object[].class)
                    .setParameter("now", now)
                    .setParameter("most", most)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Look(
                                new OrderId((String) row[0]),
                                FraudSignal.Kind.valueOf((String) row[1]),
                                row[2] == null ? null : new RiderId((String) row[2]),
                                Instants.of(row[3]),
                                ((Number) row[4]).intValue()))
                    .toList());
  }

  @Override
  public Uni<Void> again(Look look, Instant dueAt) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update fraud_look set due_at = :dueAt, tries = tries + 1, outcome ="
                            + " case when tries >= 4 then 'UNKNOWN' end"
                            + " where order_id = :orderId and kind = :kind")
                    .setParameter("dueAt", dueAt)
                    .setParameter("orderId", look.orderId().value())
                    .setParameter("kind", look.kind().name())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> done(Look look, String outcome) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update fraud_look set outcome = :outcome"
                            + " where order_id = :orderId and kind = :kind")
                    .setParameter("outcome", outcome)
                    .setParameter("orderId", look.orderId().value())
                    .setParameter("kind", look.kind().name())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<RiderId>> lastRider(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from order_entry where order_id = :orderId"
                            + " and rider_id is not null order by version desc",
                        String.class)
                    .setParameter("orderId", order.value())
                    .setMaxResults(1)
                    .getResultList())
        .map(rows -> rows.stream().findFirst().map(RiderId::new));
  }

  @Override
  public Uni<Optional<Together>> claimed(OrderId order, Sameness sameness, Instant since) {
    return customers.claimed(order, sameness, since);
  }

  @Override
  public Uni<Optional<Together>> unreceived(OrderId order, Sameness sameness, Instant since) {
    return customers.unreceived(order, sameness, since);
  }

  @Override
  public Uni<Together> carried(RiderId rider, Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        select l.order_id, o.merchant_id, l.outcome = 'SEEN'
                        from fraud_look l join orders o using (order_id)
                        where l.rider_id = :riderId and l.since >= :since
                          and l.outcome in ('SEEN', 'NOTHING')
                        order by l.since desc, l.order_id desc
                        """,
                        Object[].class)
                    .setParameter("riderId", rider.value())
                    .setParameter("since", since)
                    .setMaxResults(SameCustomer.MOST)
                    .getResultList())
        .map(rows -> SameCustomer.together("rider/" + rider, rows));
  }

  @Override
  public Uni<Rate> claimRate(Instant since) {
    return rate(
        """
        select (select count(distinct order_id) from claim
                where kind = 'NOT_RECEIVED' and at >= :since),
               (select count(*) from orders where status = 'DELIVERED' and created_at >= :since)
        """,
        since);
  }

  @Override
  public Uni<Rate> unreceivedRate(Instant since) {
    return rate(
        """
        select count(*) filter (where status <> 'DELIVERED' and fault in ('CUSTOMER', 'MERCHANT')),
               count(*)
        from orders
        where status in ('DELIVERED', 'CANCELLED', 'RETURNED') and created_at >= :since
        """,
        since);
  }

  @Override
  public Uni<Rate> carriedRate(Instant since) {
    return rate(
        """
        select count(*) filter (where outcome = 'SEEN'), count(*) from fraud_look
        where kind = 'PRIVATE_DELIVERY' and outcome in ('SEEN', 'NOTHING') and since >= :since
        """,
        since);
  }

  private Uni<Rate> rate(String query, Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(query, Object[].class)
                    .setParameter("since", since)
                    .getSingleResult())
        .map(row -> new Rate(((Number) row[0]).longValue(), ((Number) row[1]).longValue()));
  }

  @Override
  public Uni<Boolean> hadReason(
      RiderId rider, OrderId but, GeoPoint door, int metres, Instant from, Instant to) {
    double lat = metres / 111_000.0;
    double lon = lat / Math.max(0.01, Math.cos(Math.toRadians(door.lat())));
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        select exists (
                          select 1 from order_entry e join orders o using (order_id)
                          where e.rider_id = :riderId and e.order_id <> :orderId
                            and e.at between :from and :to
                            and o.dropoff_lat between :south and :north
                            and o.dropoff_lon between :west and :east)
                        """,
                        Boolean.class)
                    .setParameter("riderId", rider.value())
                    .setParameter("orderId", but.value())
                    .setParameter("from", from.minus(BEFORE))
                    .setParameter("to", to)
                    .setParameter("south", door.lat() - lat)
                    .setParameter("north", door.lat() + lat)
                    .setParameter("west", door.lon() - lon)
                    .setParameter("east", door.lon() + lon)
                    .getSingleResult());
  }

  @Override
  public Uni<Optional<FraudSignal>> lock(String signalId) {
    return signals.lock(signalId);
  }

  @Override
  public Uni<Void> put(FraudSignal signal) {
    return signals.put(signal);
  }

  @Override
  public Uni<Optional<Signal>> find(String signalId) {
    return signals.find(signalId);
  }

  @Override
  public Uni<List<Signal>> list(FraudSignal.Kind kind, Instant since, Long before, int limit) {
    return signals.list(kind, since, before, limit);
  }

  @Override
  public Uni<Void> decide(String signalId, Signal.Decision decision, Instant wallAt) {
    return signals.decide(signalId, decision, wallAt);
  }
}
