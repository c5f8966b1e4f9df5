package org.shanpai.order.pricelock;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;

/** The quotes that were priced, in the transaction of the caller. */
public interface PricedQuotes {

  Uni<Void> insert(PricedQuote quote);

  /** Empty also for another merchant's. */
  Uni<Optional<PricedQuote>> get(MerchantId merchant, String quoteId);

  /**
   * Deletes the oldest, at most {@code most} of them.
   *
   * @param before wall time
   * @return how many were
   */
  Uni<Integer> forget(Instant before, int most);
}
