package org.shanpai.order.intake;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;

/**
 * Prices and promises that were quoted and are kept for a while (锁价), in the caller's transaction.
 */
public interface PriceLocks {

  /**
   * What was quoted.
   *
   * @param expiresAt city time; honoured until then, that moment included
   * @param usedBy the order made of it; null for none yet
   */
  record Lock(String quoteId, Ask ask, Conditions conditions, Instant expiresAt, OrderId usedBy) {}

  /** Empty also for another merchant's. */
  Uni<Optional<Lock>> find(MerchantId merchant, String quoteId);

  /**
   * Makes an order of it.
   *
   * @return false when another order was made of it before
   */
  Uni<Boolean> use(String quoteId, OrderId order);
}
