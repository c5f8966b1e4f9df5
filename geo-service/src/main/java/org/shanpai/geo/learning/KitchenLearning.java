package org.shanpai.geo.learning;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * When goods could be taken, in effect, and how long taking them over took. The merchant's "ready"
 * counts only when the pickup follows soon after the later of tap and arrival; where the rider was
 * there and waited, the goods were ready one hand-over before the pickup, whatever was tapped.
 *
 * @param believedWithin how soon the pickup must follow
 * @param handover taking over ready goods
 * @param longest a longer kitchen is a forgotten order
 */
record KitchenLearning(Duration believedWithin, Duration handover, Duration longest) {

  /**
   * When the goods could be taken; null when nothing tells: no tap to believe, and the rider did
   * not wait, so they were ready some time before.
   */
  Instant readyAt(Stop pickup) {
    Instant arrived = pickup.arrivedAt();
    Instant left = pickup.leftAt();
    Instant tapped = pickup.readyAt();
    boolean told = tapped != null && !tapped.isAfter(left);
    if (told) {
      Instant from = arrived != null && arrived.isAfter(tapped) ? arrived : tapped;
      if (!left.isAfter(from.plus(believedWithin))) {
        return tapped;
      }
    }
    if (arrived == null || !left.isAfter(arrived.plus(believedWithin))) {
      return null;
    }
    return left.minus(handover);
  }

  /** Seconds from creation to goods that can be taken. */
  OptionalDouble kitchenSeconds(Stop pickup) {
    Instant ready = readyAt(pickup);
    if (ready == null) {
      return OptionalDouble.empty();
    }
    Duration kitchen = Duration.between(pickup.createdAt(), ready);
    return kitchen.compareTo(longest) > 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, kitchen.toMillis() / 1_000.0));
  }

  /** Seconds from the later of arrival and ready goods to departure. */
  OptionalDouble handoverSeconds(Stop pickup) {
    Instant arrived = pickup.arrivedAt();
    if (arrived == null) {
      return OptionalDouble.empty();
    }
    Instant ready = readyAt(pickup);
    Instant from = ready != null && ready.isAfter(arrived) ? ready : arrived;
    return OptionalDouble.of(Math.max(0, Duration.between(from, pickup.leftAt()).toMillis() / 1e3));
  }
}
