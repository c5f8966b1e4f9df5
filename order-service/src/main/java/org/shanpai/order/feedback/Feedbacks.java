package org.shanpai.order.feedback;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.OrderId;

/** What customers said, in the transaction of the caller. */
public interface Feedbacks {

  Uni<List<Feedback>> list(OrderId order);

  /** Writes a word, new or changed. */
  Uni<Void> put(Feedback feedback, Instant wallNow);

  /** How many wrong delivery codes were typed with feedback on an order. */
  Uni<Integer> wrongCodes(OrderId order);

  Uni<Void> countWrongCode(OrderId order);

  /**
   * Erases what was written and last changed before; stars and tags stay.
   *
   * @return how many
   */
  Uni<Integer> eraseWords(Instant wallBefore);
}
