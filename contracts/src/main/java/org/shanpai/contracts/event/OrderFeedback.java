package org.shanpai.contracts.event;

import java.time.Instant;
import java.util.Set;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;

/**
 * What the customer says of a delivery. Published by order-service; what they wrote in words stays
 * there.
 *
 * @param feedbackId names the event; a later word of the same kind on the same order has the same
 *     id and a higher revision, and replaces it
 * @param jobId of the delivery
 * @param riderId who delivered it
 * @param stars 1–5 for a rating; null for a praise or a complaint
 * @param tags codes the customer chose, such as {@code FRIENDLY}, {@code LATE}, {@code SPILLED}
 * @param verified whether it is certain that the order's customer wrote it: they knew its delivery
 *     code
 * @param at city time
 */
public record OrderFeedback(
    String feedbackId,
    long revision,
    CityId cityId,
    OrderId orderId,
    JobId jobId,
    MerchantId merchantId,
    RiderId riderId,
    Kind kind,
    Integer stars,
    Set<String> tags,
    boolean verified,
    Instant at) {

  /** What was said. */
  public enum Kind {
    RATING,
    PRAISE,
    COMPLAINT
  }
}
