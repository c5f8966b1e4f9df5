package org.shanpai.order.feedback.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.order.feedback.Feedback;
import org.shanpai.order.feedback.FeedbackTag;

/** What a customer said, as the customer and the merchant read it. */
@Schema(name = "Feedback")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedbackView(
    OrderFeedback.Kind kind,
    @Schema(description = "1 for the first word; rises with every change", examples = "1")
        long revision,
    @Schema(description = "Of a rating", examples = "5") Integer stars,
    Set<FeedbackTag> tags,
    @Schema(examples = "风雨无阻，谢谢！") String words,
    @Schema(description = "Whether they knew the delivery code") boolean verified,
    @Schema(description = "City time of the last change") Instant at) {

  public static FeedbackView of(Feedback feedback) {
    return new FeedbackView(
        feedback.kind(),
        feedback.revision(),
        feedback.stars(),
        new TreeSet<>(feedback.tags()),
        feedback.words(),
        feedback.verified(),
        feedback.at());
  }

  @Override
  public String toString() {
    return "FeedbackView[" + kind + " " + revision + "]";
  }
}
