package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.live.MerchantStreams;

/**
 * What merchants and the rest of this service do with endpoints and their secrets; the sending is
 * elsewhere, and so is the log.
 */
@ApplicationScoped
public class Webhooks {

  /** Secrets that may sign side by side. */
  static final int MOST_SECRETS = 5;

  private final Tx tx;
  private final Deliveries deliveries;
  private final WebhookSecrets secrets;
  private final WebhookSender sender;
  private final WebhookPost post;
  private final MerchantStreams streams;
  private final IdSource ids;
  private final WallClock wall;

  Webhooks(
      Tx tx,
      Deliveries deliveries,
      WebhookSecrets secrets,
      WebhookSender sender,
      WebhookPost post,
      MerchantStreams streams,
      IdSource ids,
      WallClock wall) {
    this.tx = tx;
    this.deliveries = deliveries;
    this.secrets = secrets;
    this.sender = sender;
    this.post = post;
    this.streams = streams;
    this.ids = ids;
    this.wall = wall;
  }

  /** An endpoint and the secret that signs for it at present. */
  public record Pointed(WebhookEndpoint endpoint, WebhookSecret secret) {}

  /** What a ping sends. */
  private record PingBody(String type, Instant timestamp, PingData data) {}

  private record PingData(String merchantId) {}

  /** What a ping came to. */
  public record Ping(String id, WebhookPost.Result result) {}

  /**
   * Queues a notice in the present transaction, for the merchant's endpoint if it wants it and for
   * the streams if the merchant listens; it goes out after the commit.
   */
  public Uni<Void> queue(MerchantId merchant, StatusNotice notice) {
    Instant now = wall.now();
    String type = NoticeType.of(notice.change());
    String body = Json.write(new StatusNotice.Body(type, now, notice));
    return deliveries
        .add(ids.next("msg"), merchant, notice.orderId().value(), notice.version(), type, body, now)
        .invoke(
            queued -> {
              if (queued.webhook()) {
                tx.afterCommit(sender::wake);
              }
              if (queued.stream()) {
                tx.afterCommit(streams::wake);
              }
            })
        .replaceWithVoid();
  }

  /**
   * Sets where a merchant's notices go; the secrets stay when only the URL moves. Another URL also
   * starts an endpoint that was switched off again.
   *
   * @param types of {@link NoticeType#ORDERS}; null to leave them, or for the usual ones
   */
  public Uni<Pointed> point(MerchantId merchant, String url, Set<String> types) {
    Instant now = wall.now();
    return tx.write(
            () ->
                deliveries
                    .insert(merchant, url, types == null ? NoticeType.USUAL : types, now)
                    .chain(
                        fresh ->
                            fresh
                                ? secrets.add(merchant, newSecret(now))
                                : Uni.createFrom().voidItem())
                    .chain(() -> deliveries.endpoint(merchant))
                    .map(
                        found ->
                            found.orElseThrow(
                                () ->
                                    Problem.forbidden(
                                        "The merchant " + merchant + " has not been taken in.")))
                    .chain(
                        endpoint -> {
                          boolean was = endpoint.state() == EndpointState.SWITCHED_OFF;
                          endpoint.moveTo(url, now);
                          if (types != null) {
                            endpoint.tell(types);
                          }
                          boolean again = was && endpoint.state() == EndpointState.ENABLED;
                          return (again
                                  ? deliveries.refreshPatience(merchant, now)
                                  : Uni.createFrom().voidItem())
                              .chain(() -> secrets.signing(merchant, now))
                              .map(signing -> new Pointed(endpoint, signing.get(0)));
                        }))
        .invoke(sender::wake);
  }

  /**
   * @throws Problem 404 when there is none
   */
  public Uni<WebhookEndpoint> get(MerchantId merchant) {
    return tx.read(() -> own(merchant));
  }

  /**
   * Sends again to an endpoint that was switched off or paused; what waits has the whole patience.
   *
   * @throws Problem 404 when there is none
   */
  public Uni<WebhookEndpoint> enable(MerchantId merchant) {
    Instant now = wall.now();
    return tx.write(
            () ->
                own(merchant)
                    .invoke(WebhookEndpoint::enable)
                    .call(() -> deliveries.refreshPatience(merchant, now)))
        .invoke(sender::wake);
  }

  /**
   * Stops sending; what was pending counts as failed.
   *
   * @throws Problem 404 when there is none
   */
  public Uni<Void> remove(MerchantId merchant) {
    return tx.write(() -> deliveries.remove(merchant, wall.now()))
        .invoke(
            removed -> {
              if (!removed) {
                throw Problem.notFound("webhook");
              }
            })
        .replaceWithVoid();
  }

  /**
   * Sends a message at once, once, to an endpoint in any state.
   *
   * @throws Problem 404 when there is none
   */
  public Uni<Ping> ping(MerchantId merchant) {
    Instant now = wall.now();
    String id = ids.next("msg");
    String body = Json.write(new PingBody(NoticeType.PING, now, new PingData(merchant.value())));
    return tx.read(
            () ->
                own(merchant)
                    .chain(
                        endpoint ->
                            secrets
                                .signing(merchant, now)
                                .map(
                                    signing ->
                                        new WebhookPost.Message(
                                            id,
                                            body,
                                            endpoint.url(),
                                            signing.stream().map(WebhookSecret::secret).toList()))))
        .chain(post::send)
        .map(result -> new Ping(id, result));
  }

  /**
   * Makes another secret the present one, in the caller's transaction; those before sign until the
   * overlap is over.
   *
   * @throws Problem 404 without an endpoint; 409 {@code too-many-secrets}
   */
  public Uni<WebhookSecret> rotate(MerchantId merchant, Duration overlap) {
    Instant now = wall.now();
    WebhookSecret fresh = newSecret(now);
    return tx.write(
        () ->
            own(merchant)
                .chain(() -> secrets.signing(merchant, now))
                .invoke(
                    signing -> {
                      if (signing.size() >= MOST_SECRETS) {
                        throw Problem.conflict(
                            "too-many-secrets",
                            MOST_SECRETS + " secrets sign already; revoke one first.");
                      }
                    })
                .chain(() -> secrets.add(merchant, fresh))
                .chain(() -> secrets.expireOthers(merchant, fresh.secretId(), now.plus(overlap)))
                .replaceWith(fresh));
  }

  /** A secret with its text, for an answer that is repeated. */
  public Uni<Optional<WebhookSecret>> secret(MerchantId merchant, String secretId) {
    return tx.read(() -> secrets.find(merchant, secretId));
  }

  /** Those that sign, the newest first. */
  public Uni<List<WebhookSecret>> secrets(MerchantId merchant) {
    return tx.read(() -> own(merchant).chain(() -> secrets.signing(merchant, wall.now())));
  }

  /**
   * A secret signs no more, at once.
   *
   * @throws Problem 404; 409 {@code last-secret} for the only one that does not expire
   */
  public Uni<Void> revoke(MerchantId merchant, String secretId) {
    return tx.write(
        () ->
            own(merchant)
                .chain(() -> secrets.signing(merchant, wall.now()))
                .invoke(
                    signing -> {
                      WebhookSecret asked =
                          signing.stream()
                              .filter(secret -> secret.secretId().equals(secretId))
                              .findFirst()
                              .orElseThrow(() -> Problem.notFound("secret " + secretId));
                      if (asked.expiresAt() == null) {
                        throw Problem.conflict(
                            "last-secret",
                            "This is the present secret; make another one first, with an overlap of"
                                + " 0 seconds to stop this one at once.");
                      }
                    })
                .chain(() -> secrets.remove(merchant, secretId))
                .replaceWithVoid());
  }

  private WebhookSecret newSecret(Instant now) {
    return new WebhookSecret(ids.next("whk"), StandardSignature.newSecret(), now, null);
  }

  private Uni<WebhookEndpoint> own(MerchantId merchant) {
    return deliveries
        .endpoint(merchant)
        .map(found -> found.orElseThrow(() -> Problem.notFound("webhook")));
  }
}
