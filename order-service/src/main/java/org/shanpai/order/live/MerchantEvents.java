package org.shanpai.order.live;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored events of merchants that listen, in the transaction of the caller. Wall time.
 *
 * <p>Events are written without a number, in the transaction of the change they tell. {@link
 * #number} gives the numbers, one caller at a time, to what is committed: who sees a number sees
 * all before it, and changes of one merchant never wait for each other.
 */
public interface MerchantEvents {

  /**
   * A merchant listens from now on.
   *
   * @param mark the transaction that wrote it: changes that began before it ended may have been
   *     written without an event, see {@link #settled}
   */
  record Listening(String mark) {}

  /**
   * Events are stored for the merchant from the commit on.
   *
   * @return empty when there is no such merchant
   */
  Uni<Optional<Listening>> listen(String merchantId, Instant now);

  /** Whether every transaction that could have missed the listener has ended. */
  Uni<Boolean> settled(Listening listening);

  /** The number of the merchant's newest numbered event. */
  Uni<Long> newest(String merchantId);

  /**
   * Numbers what is committed, unless another replica is at it.
   *
   * @return how many
   */
  Uni<Integer> number(int most);

  /**
   * For every merchant named, the events after theirs, oldest first.
   *
   * @param most of each merchant
   */
  Uni<List<MerchantEvent>> after(Map<String, Long> cursors, int most);

  /** Whether every event after that number is still stored, so that a reader can go on from it. */
  Uni<Boolean> reachesBackTo(String merchantId, long seq);

  /** These merchants still listen. */
  Uni<Void> touch(Collection<String> merchants, Instant now);

  /** Forgets events from before, and stops storing for merchants that have not listened since. */
  Uni<Integer> forget(Instant before);
}
