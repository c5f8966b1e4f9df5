package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;

/** Merchants look at what became of their notices, and have them sent again. Wall time. */
@ApplicationScoped
public class Replays {

  /** Deliveries of one call. */
  public static final int MOST = 1_000;

  /** The longest time a call may cover. */
  public static final Duration LONGEST = Duration.ofDays(31);

  private final Tx tx;
  private final Deliveries deliveries;
  private final DeliveryLog log;
  private final WebhookSender sender;
  private final WallClock wall;

  Replays(Tx tx, Deliveries deliveries, DeliveryLog log, WebhookSender sender, WallClock wall) {
    this.tx = tx;
    this.deliveries = deliveries;
    this.log = log;
    this.sender = sender;
    this.wall = wall;
  }

  /** A delivery and its tries. */
  public record Story(WebhookDelivery delivery, List<WebhookAttempt> attempts) {}

  /** The newest first; see {@link DeliveryLog#list}. */
  public Uni<List<WebhookDelivery>> list(
      MerchantId merchant, String orderId, DeliveryState state, String before, int limit) {
    return tx.read(() -> log.list(merchant, orderId, state, before, limit));
  }

  /**
   * @throws Problem 404
   */
  public Uni<Story> story(MerchantId merchant, String deliveryId) {
    return tx.read(
        () ->
            own(merchant, deliveryId)
                .chain(
                    delivery -> log.attempts(deliveryId).map(tries -> new Story(delivery, tries))));
  }

  /**
   * Sends a delivery again, whatever became of it; later ones of its order wait for it.
   *
   * @throws Problem 404 without it, or without an endpoint
   */
  public Uni<WebhookDelivery> replay(MerchantId merchant, String deliveryId) {
    return tx.write(
            () ->
                endpoint(merchant)
                    .chain(() -> own(merchant, deliveryId))
                    .call(() -> log.replay(merchant, deliveryId, wall.now())))
        .chain(() -> tx.read(() -> own(merchant, deliveryId)))
        .invoke(sender::wake);
  }

  /**
   * Sends ended deliveries again, those made first before the others.
   *
   * @return how many, {@link #MOST} at most: call again for the rest
   * @throws Problem 404 without an endpoint; 422 on {@code to}
   */
  public Uni<Integer> replay(MerchantId merchant, DeliveryState state, Instant from, Instant to) {
    if (!to.isAfter(from) || to.isAfter(from.plus(LONGEST))) {
      throw Problem.unprocessable(
          "to", "to must be after from, by " + LONGEST.toDays() + " days at most.");
    }
    return tx.write(
            () ->
                endpoint(merchant)
                    .chain(() -> log.replay(merchant, state, from, to, MOST, wall.now())))
        .invoke(sender::wake);
  }

  private Uni<WebhookEndpoint> endpoint(MerchantId merchant) {
    return deliveries
        .endpoint(merchant)
        .map(found -> found.orElseThrow(() -> Problem.notFound("webhook")));
  }

  private Uni<WebhookDelivery> own(MerchantId merchant, String deliveryId) {
    return log.find(merchant, deliveryId)
        .map(found -> found.orElseThrow(() -> Problem.notFound("delivery " + deliveryId)));
  }
}
