package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;

/** Endpoints and deliveries, in the transaction of the caller. All instants are wall time. */
public interface Deliveries {

  /** What is claimed to be sent. */
  record Claimed(WebhookDelivery delivery, WebhookEndpoint endpoint) {}

  /**
   * How much waits.
   *
   * @param oldest when the oldest pending one was made; null when none is pending
   */
  record Backlog(long pending, Instant oldest) {}

  Uni<Optional<WebhookEndpoint>> endpoint(MerchantId merchant);

  /** Writes an endpoint, if the merchant is known and has none. */
  Uni<Void> insert(WebhookEndpoint endpoint);

  /** Removes the endpoint; what was pending counts as failed. */
  Uni<Boolean> remove(MerchantId merchant, Instant now);

  /**
   * Writes a delivery, if the merchant has an endpoint.
   *
   * @return whether it has
   */
  Uni<Boolean> add(
      String deliveryId,
      MerchantId merchant,
      String orderId,
      long orderVersion,
      String type,
      String payload,
      Instant now);

  /**
   * Takes due deliveries for this sender alone. Of an order only the oldest pending one is ever
   * due; of a merchant at most so many are taken, so that nobody waits behind somebody else's
   * backlog.
   *
   * @param claim names this taking; needed to settle what was taken
   * @param busy merchants to leave out
   * @param until whoever has not settled by then has lost its claim
   */
  Uni<List<Claimed>> claim(
      String claim, Collection<String> busy, int perMerchant, int most, Instant now, Instant until);

  /** Notes a success; nothing happens when the claim is lost. */
  Uni<Void> delivered(String deliveryId, String claim, int status, Instant now);

  /**
   * Notes a failure; nothing happens when the claim is lost.
   *
   * @param status HTTP status, or null without an answer
   * @param next when to try again; null to give up
   * @param pausedUntil until when to leave the whole endpoint alone; null not to
   */
  Uni<Void> failed(
      String deliveryId,
      String claim,
      Integer status,
      String error,
      Instant next,
      Instant pausedUntil,
      Instant now);

  /**
   * A merchant's deliveries, the newest first.
   *
   * @param orderId only of this order, or null
   * @param state only in this state, or null
   * @param before only ids that sort below it, or null
   */
  Uni<List<WebhookDelivery>> list(
      MerchantId merchant, String orderId, DeliveryState state, String before, int limit);

  Uni<Backlog> backlog();
}
