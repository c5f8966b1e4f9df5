package org.shanpai.order.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.EntryKind;

/**
 * What a merchant is told of an order: how it stands. No personal data, no codes.
 *
 * @param version of the order; a higher one is newer
 * @param change what happened
 * @param cancelOutcome what became of a request to cancel, or null
 * @param plannedPickupAt city time, or null
 * @param plannedDeliveryAt city time, or null
 * @param sandbox the order only plays a life
 * @param at city time
 * @param trackingUrl the customer's page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusNotice(
    OrderId orderId,
    String merchantOrderNo,
    StoreId storeId,
    long version,
    EntryKind change,
    OrderStatus status,
    String reason,
    Fault fault,
    RiderId riderId,
    String cancelOutcome,
    Instant plannedPickupAt,
    Instant plannedDeliveryAt,
    boolean sandbox,
    Instant at,
    String trackingUrl) {

  /**
   * The body on the wire.
   *
   * @param type see {@link NoticeType}
   * @param timestamp when it was told, wall time
   */
  @Schema(name = "Notice")
  public record Body(String type, Instant timestamp, StatusNotice data) {}
}
