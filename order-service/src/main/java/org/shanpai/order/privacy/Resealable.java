package org.shanpai.order.privacy;

import io.smallrye.mutiny.Uni;

/**
 * A table with sealed columns. Make it a bean, and {@link ResealSweep} brings every value under the
 * present key, so that an old key can be taken off the ring.
 */
public interface Resealable {

  /** The table, for the log. */
  String name();

  /** How many rows are in memory at once. */
  default int atOnce() {
    return 200;
  }

  /**
   * Seals anew what is plain or sealed under another key, in the caller's transaction; rows that
   * somebody works on are left for the next time.
   *
   * @param keyId the present key
   * @param most rows at once
   * @return how many were sealed; fewer than {@code most} when none are left
   */
  Uni<Integer> reseal(String keyId, int most);
}
