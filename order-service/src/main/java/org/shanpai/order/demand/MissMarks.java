package org.shanpai.order.demand;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Which wishes were told as missed, in the transaction of the caller. */
public interface MissMarks {

  /**
   * Remembers all of them.
   *
   * @return whether none was known before
   */
  Uni<Boolean> addAll(List<String> marks);

  /** Whether any of them is remembered. */
  Uni<Boolean> knowsAny(List<String> marks);

  /**
   * @param before wall time
   */
  Uni<Void> forget(Instant before);
}
