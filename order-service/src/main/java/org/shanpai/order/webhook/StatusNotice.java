package org.shanpai.order.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;

/**
 * What a merchant's webhook is told: how the order stands. No personal data, no codes.
 *
 * @param version of the order; a higher one is newer
 * @param cancelOutcome what became of a request to cancel, or null
 * @param at city time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusNotice(
    OrderId orderId,
    String merchantOrderNo,
    StoreId storeId,
    long version,
    OrderStatus status,
    String reason,
    Fault fault,
    RiderId riderId,
    String cancelOutcome,
    Instant at) {

  /** The type under which it is sent. */
  public static final String TYPE = "order.status";

  /**
   * The body on the wire.
   *
   * @param timestamp when the status changed, wall time
   */
  public record Body(String type, Instant timestamp, StatusNotice data) {}
}
