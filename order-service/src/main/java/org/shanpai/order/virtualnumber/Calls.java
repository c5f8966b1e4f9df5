package org.shanpai.order.virtualnumber;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/**
 * Calls made through lent numbers: evidence that somebody was tried (E4). In the transaction of the
 * caller; city time.
 */
public interface Calls {

  /**
   * A call that was made.
   *
   * @param callId the provider's; the same one counts once
   * @param riderId who had the order then, or null
   * @param jobEpoch of the job then
   * @param audience who called: the rider or the customer
   * @param at when it began
   * @param seconds spoken
   */
  record Call(
      String callId,
      OrderId orderId,
      RiderId riderId,
      long jobEpoch,
      Audience audience,
      Instant at,
      int seconds,
      boolean answered) {}

  Uni<Void> add(Call call);

  /** The oldest first, at most 100. */
  Uni<List<Call>> of(OrderId order);
}
