package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;

/** What became of deliveries, in the transaction of the caller. All instants are wall time. */
public interface DeliveryLog {

  /**
   * A merchant's deliveries, the newest first.
   *
   * @param orderId only of this order, or null
   * @param state only in this state, or null
   * @param before only ids that sort below it, or null
   */
  Uni<List<WebhookDelivery>> list(
      MerchantId merchant, String orderId, DeliveryState state, String before, int limit);

  /** One delivery of the merchant. */
  Uni<Optional<WebhookDelivery>> find(MerchantId merchant, String deliveryId);

  /** The tries of a delivery, the oldest first. */
  Uni<List<WebhookAttempt>> attempts(String deliveryId);

  /** Makes a delivery due now, whatever became of it. */
  Uni<Void> replay(MerchantId merchant, String deliveryId, Instant now);

  /**
   * Makes ended deliveries due now, those made first before the others.
   *
   * @param state only those that ended so
   * @param from made then or later
   * @param to made before
   * @return how many
   */
  Uni<Integer> replay(
      MerchantId merchant, DeliveryState state, Instant from, Instant to, int most, Instant now);

  /**
   * Forgets deliveries that ended before, and those as old that wait for an endpoint that is
   * switched off.
   *
   * @return how many
   */
  Uni<Integer> forget(Instant before, int most);
}
