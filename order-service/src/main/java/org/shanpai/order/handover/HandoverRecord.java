package org.shanpai.order.handover;

import java.time.Instant;
import java.util.Set;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.orders.HandoverCheck;

/**
 * How goods changed hands.
 *
 * @param proofId the picture that proves it; null for a code
 * @param at city time
 */
public record HandoverRecord(
    OrderId orderId,
    CodeKind kind,
    Way way,
    String proofId,
    RiderId riderId,
    long jobEpoch,
    Set<HandoverCheck> checked,
    Instant at) {}
