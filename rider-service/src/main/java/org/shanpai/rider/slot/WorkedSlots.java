package org.shanpai.rider.slot;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * Who wants to know that a published slot was worked, such as the service score. Called once for
 * each rider and slot, in the transaction that closes the slot.
 */
public interface WorkedSlots {

  /**
   * @param startsAt city time
   * @param endsAt city time
   */
  record Worked(
      String slotId,
      String riderId,
      String areaId,
      boolean peak,
      Instant startsAt,
      Instant endsAt,
      long onlineSeconds) {}

  Uni<Void> worked(Worked slot);
}
