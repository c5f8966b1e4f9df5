package org.shanpai.order.fraud;

import java.time.Instant;
import org.shanpai.contracts.OrderId;

/**
 * Something claimed about a delivered order.
 *
 * @param at city time
 */
public record Claim(String claimId, OrderId orderId, ClaimKind kind, By by, Instant at) {

  /** Who claims it. */
  public enum By {
    MERCHANT,
    CUSTOMER
  }
}
