package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shanpai.contracts.MerchantId;

/** Endpoints and deliveries, in the transaction of the caller. All instants are wall time. */
public interface Deliveries {

  /**
   * What is claimed to be sent.
   *
   * @param secrets that sign, the newest first
   */
  record Claimed(WebhookDelivery delivery, WebhookEndpoint endpoint, List<String> secrets) {}

  /**
   * What a notice was queued for.
   *
   * @param webhook the merchant's endpoint
   * @param stream the merchant's event streams
   */
  record Queued(boolean webhook, boolean stream) {}

  /**
   * What became of one try.
   *
   * @param state {@link DeliveryState#PENDING} to try again at {@code next}
   * @param gone the receiver said that it will never take notices again
   * @param pausedUntil until when to leave the whole endpoint alone; null not to
   */
  record Outcome(
      Claimed claimed,
      DeliveryState state,
      WebhookAttempt attempt,
      Instant next,
      boolean gone,
      Instant pausedUntil) {}

  /** An endpoint that was switched off just now. */
  record SwitchedOff(MerchantId merchant, String url, String reason, Instant since) {}

  /**
   * How much waits.
   *
   * @param oldest when the oldest pending one was made; null when none is pending
   */
  record Backlog(long pending, Instant oldest) {}

  Uni<Optional<WebhookEndpoint>> endpoint(MerchantId merchant);

  /**
   * Writes an endpoint, if the merchant is known and has none.
   *
   * @return whether it was written
   */
  Uni<Boolean> insert(MerchantId merchant, String url, Set<String> types, Instant now);

  /** Removes the endpoint with its secrets; what was pending counts as failed. */
  Uni<Boolean> remove(MerchantId merchant, Instant now);

  /** What waits for the endpoint gets the whole patience again. */
  Uni<Void> refreshPatience(MerchantId merchant, Instant now);

  /**
   * Writes a notice of an order: for the endpoint, if there is one that wants the type, and for the
   * streams, if the merchant listens. One statement for both, for it lies in the path of every
   * change.
   */
  Uni<Queued> add(
      String deliveryId,
      MerchantId merchant,
      String orderId,
      long orderVersion,
      String type,
      String payload,
      Instant now);

  /**
   * Writes an event for the streams only, if the merchant listens.
   *
   * @return whether it does
   */
  Uni<Boolean> addForStreams(MerchantId merchant, String type, String body, Instant now);

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

  /**
   * Notes what became of tries; of one whose claim is lost nothing is noted. An endpoint is
   * switched off when it is gone, or when nothing but failures came since {@code deadSince}.
   *
   * @param claim under which all of them were taken
   * @return the endpoints switched off by it
   */
  Uni<List<SwitchedOff>> settle(
      String claim, List<Outcome> outcomes, Instant deadSince, Instant now);

  Uni<Backlog> backlog();
}
