package org.shanpai.order.handover;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.shanpai.contracts.OrderId;

/** How goods changed hands, in the transaction of the caller. */
public interface HandoverRecords {

  /** Writes it down; said again for the same assignment, the first word stands. */
  Uni<Void> put(HandoverRecord handover);

  /** Pickup first. */
  Uni<List<HandoverRecord>> of(OrderId order);
}
