package org.shanpai.order.webhook.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.webhook.DeliveryLog;
import org.shanpai.order.webhook.DeliveryState;
import org.shanpai.order.webhook.WebhookAttempt;
import org.shanpai.order.webhook.WebhookDelivery;

/** {@link DeliveryLog} in PostgreSQL. */
@ApplicationScoped
class PostgresDeliveryLog implements DeliveryLog {

  private static final String REPLAY =
      "update webhook_delivery set state = 'PENDING', wall_next_attempt_at = :now,"
          + " wall_patience_from = :now, wall_ended_at = null, claim = null,"
          + " wall_claimed_until = null where ";

  private static final String FORGET =
      """
      delete from webhook_delivery where delivery_id in (
        (select delivery_id from webhook_delivery
         where state <> 'PENDING' and wall_ended_at < :before limit :most)
        union all
        (select d.delivery_id from webhook_endpoint e
         join webhook_delivery d on d.merchant_id = e.merchant_id and d.state = 'PENDING'
         where e.state = 'SWITCHED_OFF' and d.wall_patience_from < :before limit :most))
      """;

  private final Tx tx;

  PostgresDeliveryLog(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<List<WebhookDelivery>> list(
      MerchantId merchant, String orderId, DeliveryState state, String before, int limit) {
    StringBuilder text =
        new StringBuilder("from WebhookDelivery d where d.merchantId = :merchantId");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("merchantId", merchant.value());
    if (orderId != null) {
      text.append(" and d.orderId = :orderId");
      parameters.put("orderId", orderId);
    }
    if (state != null) {
      text.append(" and d.state = :state");
      parameters.put("state", state);
    }
    if (before != null) {
      text.append(" and d.deliveryId < :before");
      parameters.put("before", before);
    }
    text.append(" order by d.deliveryId desc");
    return tx.session()
        .chain(
            session -> {
              Mutiny.SelectionQuery<WebhookDelivery> selection =
                  session.createSelectionQuery(text.toString(), WebhookDelivery.class);
              parameters.forEach(selection::setParameter);
              return selection.setMaxResults(limit).getResultList();
            });
  }

  @Override
  public Uni<Optional<WebhookDelivery>> find(MerchantId merchant, String deliveryId) {
    return tx.session()
        .chain(session -> session.find(WebhookDelivery.class, deliveryId))
        .map(
            found ->
                Optional.ofNullable(found)
                    .filter(delivery -> delivery.merchantId().equals(merchant.value())));
  }

  @Override
  public Uni<List<WebhookAttempt>> attempts(String deliveryId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select attempt, wall_at, millis, status, error, answer"
                            + " from webhook_attempt where delivery_id = :id order by attempt",
                        Object[].class)
                    .setParameter("id", deliveryId)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new WebhookAttempt(
                                ((Number) row[0]).intValue(),
                                Instants.of(row[1]),
                                ((Number) row[2]).intValue(),
                                row[3] == null ? null : ((Number) row[3]).intValue(),
                                (String) row[4],
                                (String) row[5]))
                    .toList());
  }

  @Override
  public Uni<Void> replay(MerchantId merchant, String deliveryId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        REPLAY
                            + "merchant_id = :merchantId and delivery_id = :id"
                            // What is under way goes on; it will be settled.
                            + " and (wall_claimed_until is null or wall_claimed_until < :now)")
                    .setParameter("merchantId", merchant.value())
                    .setParameter("id", deliveryId)
                    .setParameter("now", now)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> replay(
      MerchantId merchant, DeliveryState state, Instant from, Instant to, int most, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        REPLAY
                            + "delivery_id in (select delivery_id from webhook_delivery"
                            + " where merchant_id = :merchantId and state = :state"
                            + " and wall_created_at >= :from and wall_created_at < :to"
                            + " order by wall_created_at, delivery_id limit :most)")
                    .setParameter("merchantId", merchant.value())
                    .setParameter("state", state.name())
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("most", most)
                    .setParameter("now", now)
                    .executeUpdate());
  }

  @Override
  public Uni<Integer> forget(Instant before, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(FORGET)
                    .setParameter("before", before)
                    .setParameter("most", most)
                    .executeUpdate());
  }
}
