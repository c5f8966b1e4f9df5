package org.shanpai.contracts.event;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;

/**
 * Something a person should look at. It punishes nobody by itself. Published by order-service.
 *
 * @param signalId names the signal; the same finding has the same id however often it is made, and
 *     a higher revision
 * @param orderIds the orders it rests on, at most 20, the newest first
 * @param merchantId whom it concerns; null when no merchant is concerned
 * @param riderId whom it concerns; null when no rider is concerned
 * @param weight 1–100: how much more often this happened than chance would have it
 * @param evidence codes with figures, such as {@code claims=4/5}; nothing personal
 * @param at city time
 */
public record FraudSignal(
    String signalId,
    long revision,
    CityId cityId,
    Kind kind,
    List<OrderId> orderIds,
    MerchantId merchantId,
    RiderId riderId,
    int weight,
    List<String> evidence,
    Instant at) {

  /** What is suspected. */
  public enum Kind {
    /** The same customer says again and again that nothing came. */
    NOT_RECEIVED_AGAIN,
    /** A cancelled order was carried to its door all the same (跳单). */
    PRIVATE_DELIVERY,
    /** Orders that nobody means to receive. */
    FAKE_ORDERS
  }
}
