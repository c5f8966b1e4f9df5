package org.shanpai.city.agents;

import org.shanpai.city.plan.Placement;
import org.shanpai.city.plan.Store;

/**
 * An acknowledged order as the people around it know it: what the customer, the kitchen and the
 * counter tell a rider without the platform.
 *
 * @param pickupCode what the store's staff tell the rider
 * @param deliveryCode what the customer tells the rider
 * @param placedMillis city time, epoch milliseconds
 * @param readyMillis city time at which the goods truly are ready
 * @param leftAtDoor whether the customer wants it left at the door
 * @param trackingToken of the customer's page; null when it shows other orders, too
 */
record OrderLife(
    Placement placement,
    Store store,
    String orderId,
    String pickupCode,
    String deliveryCode,
    long placedMillis,
    long readyMillis,
    boolean leftAtDoor,
    String trackingToken) {

  /** Whether the kitchen was so late that nobody could have been in time. */
  boolean kitchenLate() {
    return readyMillis > placedMillis + placement.expectedReadySeconds() * 1000L + 120_000;
  }

  String jobId() {
    return "j-" + (orderId.startsWith("o-") ? orderId.substring(2) : orderId);
  }
}
