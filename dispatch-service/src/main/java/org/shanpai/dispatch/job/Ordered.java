package org.shanpai.dispatch.job;

import java.time.Instant;
import java.util.Set;

/** What is carried and when it is ready, as the order says. */
public interface Ordered {

  /** What the order asks of whoever carries it. */
  OrderTerms terms();

  default int loadUnits() {
    return terms().loadUnits();
  }

  default int weightGrams() {
    return terms().weightGrams();
  }

  default Set<String> needs() {
    return terms().needs();
  }

  default boolean direct() {
    return terms().direct();
  }

  /** When the store first said it would be ready; null when it said nothing. */
  default Instant promisedReadyAt() {
    return terms().promisedReadyAt();
  }

  /** When the store says it will be ready; null when it said nothing. */
  default Instant expectedReadyAt() {
    return terms().expectedReadyAt();
  }

  /** When the merchant said ready; null when it has not. */
  default Instant readyAt() {
    return terms().readyAt();
  }

  /** Whether nobody may be asked yet. */
  default boolean booked(Instant now) {
    return terms().releaseAt() != null && terms().releaseAt().isAfter(now);
  }
}
