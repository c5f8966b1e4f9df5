package org.shanpai.order.feedback;

import java.util.EnumSet;
import java.util.Set;
import org.shanpai.contracts.event.OrderFeedback.Kind;

/** What a customer may tick instead of writing. */
public enum FeedbackTag {
  FAST(Kind.RATING, Kind.PRAISE),
  FRIENDLY(Kind.RATING, Kind.PRAISE),
  CAREFUL(Kind.RATING, Kind.PRAISE),
  FOUND_THE_DOOR(Kind.RATING, Kind.PRAISE),
  WENT_OUT_OF_THE_WAY(Kind.PRAISE),
  LATE(Kind.RATING, Kind.COMPLAINT),
  SPILLED(Kind.RATING, Kind.COMPLAINT),
  DAMAGED(Kind.RATING, Kind.COMPLAINT),
  COLD(Kind.RATING, Kind.COMPLAINT),
  MISSING_ITEMS(Kind.COMPLAINT),
  NOT_RECEIVED(Kind.COMPLAINT),
  WRONG_PLACE(Kind.RATING, Kind.COMPLAINT),
  RUDE(Kind.RATING, Kind.COMPLAINT),
  UNSAFE(Kind.COMPLAINT);

  private final Set<Kind> kinds;

  FeedbackTag(Kind first, Kind... others) {
    kinds = EnumSet.of(first, others);
  }

  /** Whether it fits what is said. */
  public boolean fits(Kind kind) {
    return kinds.contains(kind);
  }
}
