package org.shanpai.order.feedback;

import java.time.Instant;
import java.util.Set;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.OrderFeedback;

/**
 * What a customer said of a delivery, as it stands.
 *
 * @param revision 1 for the first word; rises with every change
 * @param stars 1–5 for a rating, else null
 * @param words what they wrote; stays in this service; null for nothing, and once erased
 * @param verified whether they knew the delivery code
 * @param at city time of the last change
 */
public record Feedback(
    OrderId orderId,
    OrderFeedback.Kind kind,
    long revision,
    Integer stars,
    Set<FeedbackTag> tags,
    String words,
    boolean verified,
    Instant at) {

  @Override
  public String toString() {
    return "Feedback[" + orderId + " " + kind + " " + revision + "]";
  }
}
