package org.shanpai.order.fraud.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.fraud.FraudLedger.Sameness;
import org.shanpai.order.fraud.FraudLedger.Together;

/** Orders of one customer, known by the keyed hash of telephone or door alone. */
@ApplicationScoped
class SameCustomer {

  /** More orders of one customer tell nothing new. */
  static final int MOST = 500;

  private static final int TOLD = 20;

  private static final String ORDERS =
      """
      select o.order_id, o.merchant_id, %s, c.%s
      from order_contact mine
      join order_contact c on c.%s = mine.%s
      join orders o on o.order_id = c.order_id
      where mine.order_id = :orderId and o.created_at >= :since and not o.sandbox
        and %s
      order by o.order_id desc
      """;

  private final Tx tx;

  SameCustomer(Tx tx) {
    this.tx = tx;
  }

  Uni<Optional<Together>> claimed(OrderId order, Sameness sameness, Instant since) {
    return orders(
        order,
        sameness,
        since,
        "exists (select 1 from claim k where k.order_id = o.order_id"
            + " and k.kind = 'NOT_RECEIVED')",
        "o.status = 'DELIVERED'");
  }

  Uni<Optional<Together>> unreceived(OrderId order, Sameness sameness, Instant since) {
    return orders(
        order,
        sameness,
        since,
        "(o.status <> 'DELIVERED' and coalesce(o.fault, '') in ('CUSTOMER', 'MERCHANT'))",
        "o.status in ('DELIVERED', 'CANCELLED', 'RETURNED')");
  }

  private Uni<Optional<Together>> orders(
      OrderId order, Sameness sameness, Instant since, String hit, String counted) {
    String hash = sameness == Sameness.PHONE ? "phone_hash" : "door_hash";
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        ORDERS.formatted(hit, hash, hash, hash, counted), Object[].class)
                    .setParameter("orderId", order.value())
                    .setParameter("since", since)
                    .setMaxResults(MOST)
                    .getResultList())
        .map(
            rows ->
                rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(together(sameness + "/" + rows.get(0)[3], rows)));
  }

  /**
   * @param rows order, merchant, whether it is a hit; the newest first
   */
  static Together together(String subject, List<Object[]> rows) {
    List<Object[]> hits = rows.stream().filter(row -> Boolean.TRUE.equals(row[2])).toList();
    Set<Object> merchants = hits.stream().map(row -> row[1]).collect(Collectors.toSet());
    return new Together(
        subject,
        rows.size(),
        hits.size(),
        hits.stream().limit(TOLD).map(row -> new OrderId((String) row[0])).toList(),
        merchants.size() == 1 ? new MerchantId((String) merchants.iterator().next()) : null);
  }
}
