package org.shanpai.order.webhook.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;
import org.shanpai.order.webhook.Deliveries;
import org.shanpai.order.webhook.DeliveryState;
import org.shanpai.order.webhook.WebhookDelivery;
import org.shanpai.order.webhook.WebhookEndpoint;
import org.shanpai.order.webhook.WebhookSecrets;

/** {@link Deliveries} in PostgreSQL. */
@ApplicationScoped
class PostgresDeliveries implements Deliveries {

  private static final String INSERT_ENDPOINT =
      "insert into webhook_endpoint (merchant_id, url, types, state, wall_changed_at)"
          + " select m.merchant_id, :url, :types, 'ENABLED', :changedAt from merchant m"
          + " where m.merchant_id = :merchantId on conflict (merchant_id) do nothing";

  private static final Statement ADD =
      Statement.of(
          """
      with hook as (
        insert into webhook_delivery (delivery_id, merchant_id, order_id, order_version, event_type,
            payload, state, wall_created_at, wall_patience_from, wall_next_attempt_at)
        select :deliveryId, e.merchant_id, :orderId, :orderVersion, :type,
            :payload, 'PENDING', :now, :now, :now
        from webhook_endpoint e
        where e.merchant_id = :merchantId and :type = any (string_to_array(e.types, ','))
        returning 1),
      live as (
        insert into merchant_event (merchant_id, type, body, wall_at)
        select s.merchant_id, :type, :payload, :now
        from merchant_stream s where s.merchant_id = :merchantId and s.listening
        returning 1)
      select exists (select 1 from hook), exists (select 1 from live)
      """);

  private static final String ADD_FOR_STREAMS =
      "insert into merchant_event (merchant_id, type, body, wall_at)"
          + " select s.merchant_id, :type, :body, :now from merchant_stream s"
          + " where s.merchant_id = :merchantId and s.listening";

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
      where e.state = 'ENABLED'
        and (e.wall_paused_until is null or e.wall_paused_until <= :now)
        and e.merchant_id not in (:busy)
      limit :most
      """;

  private static final String CLAIM =
      "update webhook_delivery set claim = :claim, wall_claimed_until = :until"
          + " where delivery_id in (:ids)";

  private static final String SETTLE =
      """
      with told as (
        select * from json_to_recordset(cast(cast(:outcomes as text) as json)) as t (
          id text, state text, next timestamptz, at timestamptz, millis integer,
          status integer, error text, answer text)),
      settled as (
        update webhook_delivery d
        set state = t.state, attempts = d.attempts + 1, last_status = t.status,
            last_error = t.error, claim = null, wall_claimed_until = null,
            wall_next_attempt_at = coalesce(t.next, d.wall_next_attempt_at),
            wall_ended_at = case when t.state = 'PENDING' then null else t.at end
        from told t where d.delivery_id = t.id and d.claim = :claim
        returning d.delivery_id, d.attempts),
      noted as (
        insert into webhook_attempt (delivery_id, attempt, wall_at, millis, status, error, answer)
        select s.delivery_id, s.attempts, t.at, t.millis, t.status, t.error, t.answer
        from settled s join told t on t.id = s.delivery_id)
      select delivery_id from settled
      """;

  private static final String RECOVERED =
      "update webhook_endpoint set failures_in_row = 0, wall_paused_until = null,"
          + " wall_failing_since = null"
          + " where failures_in_row > 0 and merchant_id in (:merchants)";

  // Not when the merchant has pointed it elsewhere meanwhile.
  private static final String FAILED =
      """
      update webhook_endpoint
      set failures_in_row = failures_in_row + :failures, wall_paused_until = :pausedUntil,
          wall_failing_since = coalesce(wall_failing_since, :now)
      where merchant_id = :merchantId and url = :url
      """;

  private static final String SWITCH_OFF =
      """
      update webhook_endpoint
      set state = 'SWITCHED_OFF', wall_off_since = :now,
          off_reason = case when :gone then 'GONE' else 'ONLY_FAILURES' end
      where merchant_id = :merchantId and url = :url and state = 'ENABLED'
        and (:gone or wall_failing_since <= :deadSince)
      returning off_reason
      """;

  private static final String ABANDON =
      "update webhook_delivery set state = 'FAILED', last_error = 'the endpoint was removed',"
          + " wall_ended_at = :now, claim = null, wall_claimed_until = null"
          + " where merchant_id = :merchantId and state = 'PENDING'";

  private final Tx tx;
  private final WebhookSecrets secrets;

  PostgresDeliveries(Tx tx, WebhookSecrets secrets) {
    this.tx = tx;
    this.secrets = secrets;
  }

  @Override
  public Uni<Optional<WebhookEndpoint>> endpoint(MerchantId merchant) {
    return tx.session()
        .chain(session -> session.find(WebhookEndpoint.class, merchant.value()))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Boolean> insert(MerchantId merchant, String url, Set<String> types, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(INSERT_ENDPOINT)
                    .setParameter("merchantId", merchant.value())
                    .setParameter("url", url)
                    .setParameter("types", String.join(",", new TreeSet<>(types)))
                    .setParameter("changedAt", now)
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<Void> refreshPatience(MerchantId merchant, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update webhook_delivery set wall_patience_from = :now,"
                            + " wall_next_attempt_at = :now"
                            + " where merchant_id = :merchantId and state = 'PENDING'")
                    .setParameter("merchantId", merchant.value())
                    .setParameter("now", now)
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
  public Uni<Queued> add(
      String deliveryId,
      MerchantId merchant,
      String orderId,
      long orderVersion,
      String type,
      String payload,
      Instant now) {
    return tx.select(
            ADD.filled()
                .with("deliveryId", deliveryId)
                .with("merchantId", merchant.value())
                .with("orderId", orderId)
                .with("orderVersion", orderVersion)
                .with("type", type)
                .with("payload", payload)
                .with("now", now))
        .map(rows -> new Queued((Boolean) rows.get(0)[0], (Boolean) rows.get(0)[1]));
  }

  @Override
  public Uni<Boolean> addForStreams(MerchantId merchant, String type, String body, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(ADD_FOR_STREAMS)
                    .setParameter("merchantId", merchant.value())
                    .setParameter("type", type)
                    .setParameter("body", body)
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
                                : mark(session, due, claim, now, until)));
  }

  private Uni<List<Claimed>> mark(
      Mutiny.Session session, List<String> due, String claim, Instant now, Instant until) {
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
        .chain(rows -> withSecrets(rows, now));
  }

  private Uni<List<Claimed>> withSecrets(List<Object[]> rows, Instant now) {
    Set<String> merchants = new TreeSet<>();
    rows.forEach(row -> merchants.add(((WebhookEndpoint) row[1]).merchantId()));
    return secrets
        .texts(merchants, now)
        .map(
            texts ->
                rows.stream()
                    .map(
                        row -> {
                          WebhookEndpoint endpoint = (WebhookEndpoint) row[1];
                          return new Claimed(
                              (WebhookDelivery) row[0],
                              endpoint,
                              texts.getOrDefault(endpoint.merchantId(), List.of()));
                        })
                    .toList());
  }

  @Override
  public Uni<List<SwitchedOff>> settle(
      String claim, List<Outcome> outcomes, Instant deadSince, Instant now) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Map<String, Object> row = new HashMap<>();
      row.put("id", outcome.claimed().delivery().deliveryId());
      row.put("state", outcome.state());
      row.put("next", outcome.next());
      row.put("at", outcome.attempt().at());
      row.put("millis", outcome.attempt().millis());
      row.put("status", outcome.attempt().status());
      row.put("error", outcome.attempt().error());
      row.put("answer", outcome.attempt().answer());
      told.add(row);
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SETTLE, String.class)
                    .setParameter("outcomes", Json.write(told))
                    .setParameter("claim", claim)
                    .getResultList()
                    .chain(
                        settled ->
                            endpoints(
                                session,
                                outcomes.stream()
                                    .filter(
                                        outcome ->
                                            settled.contains(
                                                outcome.claimed().delivery().deliveryId()))
                                    .toList(),
                                deadSince,
                                now)));
  }

  private static Uni<List<SwitchedOff>> endpoints(
      Mutiny.Session session, List<Outcome> outcomes, Instant deadSince, Instant now) {
    Set<String> well = new TreeSet<>();
    // In the order of the ids: two senders never wait for each other in a circle.
    Map<String, List<Outcome>> failed = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      String merchant = outcome.claimed().endpoint().merchantId();
      if (outcome.state() == DeliveryState.DELIVERED) {
        well.add(merchant);
      } else {
        failed.computeIfAbsent(merchant, key -> new ArrayList<>()).add(outcome);
      }
    }
    Uni<Integer> recovered =
        well.isEmpty()
            ? Uni.createFrom().item(0)
            : session.createNativeQuery(RECOVERED).setParameter("merchants", well).executeUpdate();
    return recovered.chain(
        () ->
            Multi.createFrom()
                .iterable(failed.values())
                .onItem()
                .transformToUniAndConcatenate(of -> failing(session, of, well, deadSince, now))
                .collect()
                .asList()
                .map(all -> all.stream().flatMap(Optional::stream).toList()));
  }

  private static Uni<Optional<SwitchedOff>> failing(
      Mutiny.Session session, List<Outcome> of, Set<String> well, Instant deadSince, Instant now) {
    WebhookEndpoint endpoint = of.get(0).claimed().endpoint();
    boolean gone = of.stream().anyMatch(Outcome::gone);
    Instant pausedUntil =
        well.contains(endpoint.merchantId())
            ? null
            : of.stream()
                .map(Outcome::pausedUntil)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    return session
        .createNativeQuery(FAILED)
        .setParameter("failures", of.size())
        .setParameter("pausedUntil", pausedUntil)
        .setParameter("merchantId", endpoint.merchantId())
        .setParameter("url", endpoint.url())
        .setParameter("now", now)
        .executeUpdate()
        .chain(
            () ->
                session
                    .createNativeQuery(SWITCH_OFF, String.class)
                    .setParameter("gone", gone)
                    .setParameter("deadSince", deadSince)
                    .setParameter("merchantId", endpoint.merchantId())
                    .setParameter("url", endpoint.url())
                    .setParameter("now", now)
                    .getSingleResultOrNull())
        .map(
            reason ->
                Optional.ofNullable(reason)
                    .map(
                        why ->
                            new SwitchedOff(
                                new MerchantId(endpoint.merchantId()), endpoint.url(), why, now)));
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
