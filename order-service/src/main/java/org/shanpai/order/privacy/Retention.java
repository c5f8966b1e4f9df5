package org.shanpai.order.privacy;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;

/** When personal data is to go and when it went, in the transaction of the caller. Wall time. */
public interface Retention {

  /**
   * @param endedAt when the order was seen ended; null while it is under way
   * @param erasedAt null while the personal data is kept
   */
  record Standing(Instant endedAt, Instant erasedAt) {}

  /** Empty when there is no such order. */
  Uni<Optional<Standing>> of(OrderId order);

  /** Notes orders that have ended since the last look. */
  Uni<Integer> noteEnded(Instant now, int most);

  /**
   * Orders whose personal data is kept too long, the oldest first, kept from everybody else until
   * the transaction ends.
   */
  Uni<List<String>> due(Instant endedBefore, int most);

  /** Removes contacts and writes down when. */
  Uni<Void> eraseContacts(List<String> orderIds, Instant now);

  /** Whether this replica may sweep: one does at a time. */
  Uni<Boolean> mine();
}
