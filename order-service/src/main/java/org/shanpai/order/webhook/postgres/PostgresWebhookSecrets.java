package org.shanpai.order.webhook.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.privacy.Resealable;
import org.shanpai.order.privacy.Sealing;
import org.shanpai.order.webhook.WebhookSecret;
import org.shanpai.order.webhook.WebhookSecrets;

/** {@link WebhookSecrets} in PostgreSQL, sealed. */
@ApplicationScoped
class PostgresWebhookSecrets implements WebhookSecrets, Resealable {

  private static final String COLUMNS =
      "select secret_id, merchant_id, secret, wall_created_at, wall_expires_at from webhook_secret";

  private static final String NEWEST_FIRST = " order by wall_created_at desc, secret_id desc";

  private final Tx tx;
  private final Sealing sealing;

  PostgresWebhookSecrets(Tx tx, Sealing sealing) {
    this.tx = tx;
    this.sealing = sealing;
  }

  @Override
  public Uni<Void> add(MerchantId merchant, WebhookSecret secret) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into webhook_secret (secret_id, merchant_id, secret, sealed_with,"
                            + " wall_created_at, wall_expires_at)"
                            + " values (:id, :merchant, :secret, :key, :at, :expires)")
                    .setParameter("id", secret.secretId())
                    .setParameter("merchant", merchant.value())
                    .setParameter(
                        "secret", sealing.seal(context(secret.secretId()), secret.secret()))
                    .setParameter("key", sealing.keyId())
                    .setParameter("at", secret.createdAt())
                    .setParameter("expires", secret.expiresAt())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<WebhookSecret>> signing(MerchantId merchant, Instant now) {
    return rows(
            " where merchant_id = :merchant and (wall_expires_at is null or wall_expires_at > :now)"
                + NEWEST_FIRST,
            Map.of("merchant", merchant.value(), "now", now))
        .map(rows -> rows.stream().map(this::open).toList());
  }

  @Override
  public Uni<Map<String, List<String>>> texts(Collection<String> merchants, Instant now) {
    if (merchants.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return rows(
            " where merchant_id in (:merchants)"
                + " and (wall_expires_at is null or wall_expires_at > :now)"
                + NEWEST_FIRST,
            Map.of("merchants", merchants, "now", now))
        .map(
            rows -> {
              Map<String, List<String>> texts = new HashMap<>();
              rows.forEach(
                  row ->
                      texts
                          .computeIfAbsent((String) row[1], merchant -> new ArrayList<>())
                          .add(open(row).secret()));
              return texts;
            });
  }

  @Override
  public Uni<Optional<WebhookSecret>> find(MerchantId merchant, String secretId) {
    return rows(
            " where merchant_id = :merchant and secret_id = :id",
            Map.of("merchant", merchant.value(), "id", secretId))
        .map(rows -> rows.stream().findFirst().map(this::open));
  }

  @Override
  public Uni<Void> expireOthers(MerchantId merchant, String secretId, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update webhook_secret set wall_expires_at ="
                            + " least(coalesce(wall_expires_at, :at), :at)"
                            + " where merchant_id = :merchant and secret_id <> :id")
                    .setParameter("merchant", merchant.value())
                    .setParameter("id", secretId)
                    .setParameter("at", at)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> remove(MerchantId merchant, String secretId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from webhook_secret"
                            + " where merchant_id = :merchant and secret_id = :id")
                    .setParameter("merchant", merchant.value())
                    .setParameter("id", secretId)
                    .executeUpdate())
        .map(removed -> removed > 0);
  }

  @Override
  public Uni<Integer> forgetExpired(Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("delete from webhook_secret where wall_expires_at < :now")
                    .setParameter("now", now)
                    .executeUpdate());
  }

  @Override
  public String name() {
    return "webhook_secret";
  }

  @Override
  public Uni<Integer> reseal(String keyId, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select secret_id, secret from webhook_secret"
                            + " where sealed_with is distinct from :key limit :most"
                            + " for update skip locked",
                        Object[].class)
                    .setParameter("key", keyId)
                    .setParameter("most", most)
                    .getResultList()
                    .chain(
                        rows -> {
                          if (rows.isEmpty()) {
                            return Uni.createFrom().item(0);
                          }
                          List<Map<String, String>> sealed = new ArrayList<>();
                          for (Object[] row : rows) {
                            String id = (String) row[0];
                            String text = plain(id, (String) row[1]);
                            sealed.add(Map.of("id", id, "secret", sealing.seal(context(id), text)));
                          }
                          return session
                              .createNativeQuery(
                                  "update webhook_secret s set secret = t.secret,"
                                      + " sealed_with = :key from json_to_recordset("
                                      + "cast(cast(:sealed as text) as json))"
                                      + " as t (id text, secret text) where s.secret_id = t.id")
                              .setParameter("key", keyId)
                              .setParameter("sealed", Json.write(sealed))
                              .executeUpdate();
                        }));
  }

  private Uni<List<Object[]>> rows(String where, Map<String, Object> parameters) {
    return tx.session()
        .chain(
            session -> {
              var query = session.createNativeQuery(COLUMNS + where, Object[].class);
              parameters.forEach(query::setParameter);
              return query.getResultList();
            });
  }

  private WebhookSecret open(Object[] row) {
    String id = (String) row[0];
    return new WebhookSecret(
        id, plain(id, (String) row[2]), Instants.of(row[3]), Instants.of(row[4]));
  }

  /** Rows from before there were seals are plain until the sweep has been there. */
  private String plain(String id, String stored) {
    return Sealing.sealed(stored) ? sealing.open(context(id), stored) : stored;
  }

  private static String context(String secretId) {
    return "webhook_secret/" + secretId;
  }
}
