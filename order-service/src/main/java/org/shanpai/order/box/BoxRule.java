package org.shanpai.order.box;

/**
 * How much goes where.
 *
 * @param unit what one unit of a rider's box holds, at least 1 in every measure
 * @param loadUnits units a rider carries
 * @param boxUnits units the largest box holds, at most a rider's; what alone is larger rides in a
 *     box of its own
 * @param mostLoads riders one purchase may be split over, at least 1
 */
public record BoxRule(Room unit, int loadUnits, int boxUnits, int mostLoads) {

  /**
   * @throws IllegalArgumentException naming what cannot be
   */
  public BoxRule {
    if (unit.grams() < 1 || unit.pieces() < 1 || unit.cubicCm() < 1) {
      throw new IllegalArgumentException("A unit must hold something but holds " + unit + ".");
    }
    if (loadUnits < 1 || boxUnits < 1 || boxUnits > loadUnits || mostLoads < 1) {
      throw new IllegalArgumentException(
          "A box must hold 1 to "
              + loadUnits
              + " units and an order at least 1 load, but they are "
              + boxUnits
              + " and "
              + mostLoads
              + ".");
    }
  }

  Room load() {
    return unit.times(loadUnits);
  }

  Room box() {
    return unit.times(boxUnits);
  }
}
