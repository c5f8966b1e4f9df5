package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** What merchants and the rest of this service do with webhooks; the sending is elsewhere. */
@ApplicationScoped
public class Webhooks {

  private final Tx tx;
  private final Deliveries deliveries;
  private final WebhookSender sender;
  private final IdSource ids;
  private final WallClock wall;

  Webhooks(Tx tx, Deliveries deliveries, WebhookSender sender, IdSource ids, WallClock wall) {
    this.tx = tx;
    this.deliveries = deliveries;
    this.sender = sender;
    this.ids = ids;
    this.wall = wall;
  }

  /**
   * Queues a notice in the present transaction, if the merchant has an endpoint; it is sent after
   * the commit.
   */
  public Uni<Void> queue(MerchantId merchant, StatusNotice notice) {
    Instant now = wall.now();
    String body = Json.write(new StatusNotice.Body(StatusNotice.TYPE, now, notice));
    return deliveries
        .add(
            ids.next("msg"),
            merchant,
            notice.orderId().value(),
            notice.version(),
            StatusNotice.TYPE,
            body,
            now)
        .invoke(
            queued -> {
              if (queued) {
                tx.afterCommit(sender::wake);
              }
            })
        .replaceWithVoid();
  }

  /** Sets where a merchant's notices go; the secret stays the same when only the URL moves. */
  public Uni<WebhookEndpoint> point(MerchantId merchant, String url) {
    WebhookEndpoint fresh =
        new WebhookEndpoint(merchant.value(), url, StandardSignature.newSecret(), wall.now());
    return tx.write(
        () ->
            deliveries
                .insert(fresh)
                .chain(() -> deliveries.endpoint(merchant))
                .map(
                    found -> {
                      WebhookEndpoint endpoint =
                          found.orElseThrow(
                              () ->
                                  Problem.forbidden(
                                      "The merchant " + merchant + " has not been taken in here."));
                      endpoint.moveTo(url, wall.now());
                      return endpoint;
                    }));
  }

  /**
   * @throws Problem 404 when there is none
   */
  public Uni<WebhookEndpoint> get(MerchantId merchant) {
    return tx.read(() -> deliveries.endpoint(merchant))
        .map(found -> found.orElseThrow(() -> Problem.notFound("webhook")));
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

  /** The newest first; see {@link Deliveries#list}. */
  public Uni<List<WebhookDelivery>> log(
      MerchantId merchant, String orderId, DeliveryState state, String before, int limit) {
    return tx.read(() -> deliveries.list(merchant, orderId, state, before, limit));
  }
}
