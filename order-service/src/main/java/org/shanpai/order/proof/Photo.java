package org.shanpai.order.proof;

import java.time.Instant;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;

/**
 * A picture a rider took as proof, without the picture.
 *
 * @param jobEpoch the rider's fencing token when it was taken
 * @param metresFromDoor where the rider's positions say it was taken; null when nobody knows
 * @param at city time
 * @param wallAt wall time
 * @param kept false once the picture was erased
 */
public record Photo(
    String proofId,
    OrderId orderId,
    RiderId riderId,
    long jobEpoch,
    String mediaType,
    int width,
    int height,
    Integer metresFromDoor,
    Instant at,
    Instant wallAt,
    boolean kept) {}
