package org.shanpai.rider.slot;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.rider.score.Ruling;
import org.shanpai.rider.score.Rulings;

/** A published peak slot that was worked counts for the service score (SM3), once. */
@ApplicationScoped
class PeakScore implements WorkedSlots {

  private static final String RULE = "SM3";

  /** Nobody decides it: it is counted. */
  private static final String ACTOR = "rules";

  private final Rulings rulings;

  PeakScore(Rulings rulings) {
    this.rulings = rulings;
  }

  @Override
  public Uni<Void> worked(Worked slot) {
    if (!slot.peak()) {
      return Uni.createFrom().voidItem();
    }
    return rulings
        .record(
            new Ruling(
                RULE + ":" + slot.slotId() + ":" + slot.riderId(),
                1,
                slot.riderId(),
                RULE,
                null,
                slot.slotId(),
                Ruling.Status.CONFIRMED,
                ACTOR,
                false,
                slot.startsAt(),
                null,
                slot.endsAt(),
                slot.areaId(),
                null,
                null,
                null,
                null))
        .replaceWithVoid();
  }
}
