package org.shanpai.order.virtualnumber;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/** Which numbers are lent, in the transaction of the caller. Wall time. */
public interface NumberLeases {

  /**
   * A number in use.
   *
   * @param number what is dialled
   */
  record Held(String leaseId, OrderId orderId, Audience audience, String number) {}

  Uni<Optional<Held>> held(OrderId order, Audience audience);

  /** Who is put through by a number; empty when nobody holds it. */
  Uni<Optional<Held>> dialled(String number);

  /**
   * Lends it.
   *
   * @return false when somebody holds the number already
   */
  Uni<Boolean> lend(Held fresh, String realPhone, Instant now, Instant until);

  /** Puts calls through to that telephone from now on, for longer. */
  Uni<Void> prolong(Held held, String realPhone, Instant until);

  /** Forgets the real telephones of an order. */
  Uni<Void> release(OrderId order, Instant now);

  /** Forgets the real telephone that this audience of an order reached. */
  Uni<Void> release(OrderId order, Audience audience, Instant now);

  /**
   * Releases what ran out, and what belongs to orders that were seen ended before an instant.
   *
   * @return how many
   */
  Uni<Integer> releaseDue(Instant now, Instant endedBefore, int most);

  /** For those that are to be erased at once. */
  Uni<Void> releaseAll(List<String> orderIds, Instant now);
}
