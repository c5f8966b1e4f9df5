package org.shanpai.order.webhook.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.order.webhook.Deliveries;
import org.shanpai.order.webhook.DeliveryState;
import org.shanpai.order.webhook.WebhookDelivery;
import org.shanpai.order.webhook.WebhookEndpoint;

/** {@link Deliveries} in PostgreSQL. */
@ApplicationScoped
class PostgresDeliveries implements Deliveries {

  private static final String INSERT_ENDPOINT =
      "insert into webhook_endpoint (merchant_id, url, secret, wall_changed_at)"
          + " select m.merchant_id, :url, :secret, :changedAt from merchant m"
          + " where m.merchant_id = :merchantId on conflict (merchant_id) do nothing";

  private static final String ADD =
      """
      insert into webhook_delivery (delivery_id, merchant_id, order_id, order_version, event_type,
          payload, state, wall_created_at, wall_next_attempt_at)
      select :deliveryId, e.merchant_id, :orderId, :orderVersion, :type,
          :payload, 'PENDING', :now, :now
      from webhook_endpoint e where e.merchant_id = :merchantId
      """;

  // The lateral join gives every endpoint its own small share, whatever the others have waiting;
  // SKIP LOCKED lets several senders claim side by side.
  private static final String DUE =
      """
      select d.delivery_id from webhook_endpoint e
      cross join lateral (
        select w.delivery_id from webhook_delivery w
        where w.merchant_id = e.merchant_id and w.state = 'PENDING'
          and w.wall_next_attempt_at <= :now
          and (w.wall_claimed_until is null or w.wall_claimed_until < :now)
          and not exists (
            select 1 from webhook_delivery p
            where p.order_id = w.order_id and p.state = 'PENDING'
              and p.order_version < w.order_version)
        order by w.wall_next_attempt_at
        limit :perMerchant
        for update skip locked) d
      where (e.wall_paused_until is null or e.wall_paused_until <= :now)
        and e.merchant_id not in (:busy)
      limit :most
      """;

  private static final String CLAIM =
      "update webhook_delivery set claim = :claim, wall_claimed_until = :until"
          + " where delivery_id in (:ids)";

  private static final String DELIVERED =
      "update webhook_delivery set state = 'DELIVERED', attempts = attempts + 1,"
          + " last_status = :status, last_error = null, wall_ended_at = :now, claim = null,"
          + " wall_claimed_until = null where delivery_id = :id and claim = :claim";

  private static final String RECOVERED =
      "update webhook_endpoint set failures_in_row = 0, wall_paused_until = null"
          + " where failures_in_row > 0"
          + " and merchant_id = (select merchant_id from webhook_delivery where delivery_id = :id)";

  private static final String RETRY =
      "update webhook_delivery set attempts = attempts + 1, last_status = :status,"
          + " last_error = :error, wall_next_attempt_at = :next, claim = null,"
          + " wall_claimed_until = null where delivery_id = :id and claim = :claim";

  private static final String GIVE_UP =
      "update webhook_delivery set state = 'FAILED', attempts = attempts + 1,"
          + " last_status = :status, last_error = :error, wall_ended_at = :now, claim = null,"
          + " wall_claimed_until = null where delivery_id = :id and claim = :claim";

  private static final String PAUSE =
      "update webhook_endpoint set failures_in_row = failures_in_row + 1,"
          + " wall_paused_until = :pausedUntil"
          + " where merchant_id = (select merchant_id from webhook_delivery where delivery_id = :id)";

  private static final String ABANDON =
      "update webhook_delivery set state = 'FAILED', last_error = 'the endpoint was removed',"
          + " wall_ended_at = :now, claim = null, wall_claimed_until = null"
          + " where merchant_id = :merchantId and state = 'PENDING'";

  private final Tx tx;

  PostgresDeliveries(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Optional<WebhookEndpoint>> endpoint(MerchantId merchant) {
    return tx.session()
        .chain(session -> session.find(WebhookEndpoint.class, merchant.value()))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Void> insert(WebhookEndpoint endpoint) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(INSERT_ENDPOINT)
                    .setParameter("merchantId", endpoint.merchantId())
                    .setParameter("url", endpoint.url())
                    .setParameter("secret", endpoint.secret())
                    .setParameter("changedAt", endpoint.changedAt())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> remove(MerchantId merchant, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(ABANDON)
                    .setParameter("merchantId", merchant.value())
                    .setParameter("now", now)
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "delete from webhook_endpoint where merchant_id = :merchantId")
                                .setParameter("merchantId", merchant.value())
                                .executeUpdate()))
        .map(removed -> removed > 0);
  }

  @Override
  public Uni<Boolean> add(
      String deliveryId,
      MerchantId merchant,
      String orderId,
      long orderVersion,
      String type,
      String payload,
      Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(ADD)
                    .setParameter("deliveryId", deliveryId)
                    .setParameter("merchantId", merchant.value())
                    .setParameter("orderId", orderId)
                    .setParameter("orderVersion", orderVersion)
                    .setParameter("type", type)
                    .setParameter("payload", payload)
                    .setParameter("now", now)
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<List<Claimed>> claim(
      String claim,
      Collection<String> busy,
      int perMerchant,
      int most,
      Instant now,
      Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(DUE, String.class)
                    .setParameter("now", now)
                    .setParameter("busy", busy.isEmpty() ? List.of("") : busy)
                    .setParameter("perMerchant", perMerchant)
                    .setParameter("most", most)
                    .getResultList()
                    .chain(
                        due ->
                            due.isEmpty()
                                ? Uni.createFrom().item(List.of())
                                : mark(session, due, claim, until)));
  }

  private static Uni<List<Claimed>> mark(
      Mutiny.Session session, List<String> due, String claim, Instant until) {
    return session
        .createNativeQuery(CLAIM)
        .setParameter("claim", claim)
        .setParameter("until", until)
        .setParameter("ids", due)
        .executeUpdate()
        .chain(
            () ->
                session
                    .createSelectionQuery(
                        "select d, e from WebhookDelivery d"
                            + " join WebhookEndpoint e on e.merchantId = d.merchantId"
                            + " where d.deliveryId in (:ids) order by d.nextAttemptAt",
                        Object[].class)
                    .setParameter("ids", due)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Claimed((WebhookDelivery) row[0], (WebhookEndpoint) row[1]))
                    .toList());
  }

  @Override
  public Uni<Void> delivered(String deliveryId, String claim, int status, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(DELIVERED)
                    .setParameter("id", deliveryId)
                    .setParameter("claim", claim)
                    .setParameter("status", status)
                    .setParameter("now", now)
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(RECOVERED)
                                .setParameter("id", deliveryId)
                                .executeUpdate()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> failed(
      String deliveryId,
      String claim,
      Integer status,
      String error,
      Instant next,
      Instant pausedUntil,
      Instant now) {
    return tx.session()
        .chain(
            session ->
                (next == null
                        ? session.createNativeQuery(GIVE_UP).setParameter("now", now)
                        : session.createNativeQuery(RETRY).setParameter("next", next))
                    .setParameter("id", deliveryId)
                    .setParameter("claim", claim)
                    .setParameter("status", status)
                    .setParameter("error", error)
                    .executeUpdate()
                    .chain(
                        noted ->
                            noted == 0
                                ? Uni.createFrom().item(0)
                                : session
                                    .createNativeQuery(PAUSE)
                                    .setParameter("id", deliveryId)
                                    .setParameter("pausedUntil", pausedUntil)
                                    .executeUpdate()))
        .replaceWithVoid();
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
  public Uni<Backlog> backlog() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select count(*), min(wall_created_at) from webhook_delivery"
                            + " where state = 'PENDING'",
                        Object[].class)
                    .getSingleResult())
        .map(row -> new Backlog(((Number) row[0]).longValue(), Instants.of(row[1])));
  }
}
