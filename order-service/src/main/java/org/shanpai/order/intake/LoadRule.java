package org.shanpai.order.intake;

import java.util.List;
import org.shanpai.order.orders.Item;

/**
 * How much room goods need in a rider's box, when the merchant does not say.
 *
 * @param gramsPerUnit grams one unit holds, at least 1
 * @param piecesPerUnit pieces one unit holds, at least 1
 */
public record LoadRule(int gramsPerUnit, int piecesPerUnit) {

  /** Units a rider's box holds. */
  public static final int CAPACITY = 8;

  /**
   * @throws IllegalArgumentException when a unit would hold nothing
   */
  public LoadRule {
    if (gramsPerUnit < 1 || piecesPerUnit < 1) {
      throw new IllegalArgumentException(
          "A unit must hold at least 1 g and 1 piece but holds "
              + gramsPerUnit
              + " g and "
              + piecesPerUnit
              + " pieces.");
    }
  }

  static LoadRule of(IntakeSettings.Load load) {
    return new LoadRule(load.gramsPerUnit(), load.piecesPerUnit());
  }

  /** By weight or by count, whichever needs more; at least 1, possibly more than a box holds. */
  public int units(List<Item> items) {
    long pieces = items.stream().mapToLong(Item::quantity).sum();
    long units =
        Math.max(
            (grams(items) + gramsPerUnit - 1) / gramsPerUnit,
            (pieces + piecesPerUnit - 1) / piecesPerUnit);
    return (int) Math.max(1, units);
  }

  /** Weight of a full box, grams. */
  public long mostGrams() {
    return (long) CAPACITY * gramsPerUnit;
  }

  /** Weight of all pieces, grams. */
  public static long grams(List<Item> items) {
    return items.stream().mapToLong(item -> (long) item.quantity() * item.weightGrams()).sum();
  }

  /** Value of all pieces, fen. */
  public static long valueFen(List<Item> items) {
    return items.stream().mapToLong(item -> item.quantity() * item.valueFen()).sum();
  }
}
