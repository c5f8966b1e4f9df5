package org.shanpai.order.fraud;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.handover.HandoverRecord;
import org.shanpai.order.proof.Photo;

/**
 * What is known of an order a signal rests on: its proof and claim history.
 *
 * @param statusAt city time
 * @param calls made through lent numbers
 */
public record OrderCase(
    OrderId orderId,
    MerchantId merchantId,
    OrderStatus status,
    Instant statusAt,
    List<HandoverRecord> handovers,
    List<Photo> photos,
    List<Claim> claims,
    int calls) {}
