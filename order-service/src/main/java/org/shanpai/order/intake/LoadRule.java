package org.shanpai.order.intake;

import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.orders.Item;

/**
 * How much room goods need in a rider's box, when the merchant does not say.
 *
 * @param gramsPerUnit grams one unit holds, at least 1
 * @param piecesPerUnit pieces one unit holds, at least 1
 * @param cm3PerUnit cubic centimetres one unit holds, at least 1
 */
public record LoadRule(int gramsPerUnit, int piecesPerUnit, int cm3PerUnit) {

  // A box of 60 litres.
  private static final int USUAL_CM3 = 7_500;

  /** Units a rider's box holds. */
  public static final int CAPACITY = 8;

  /**
   * @throws IllegalArgumentException when a unit would hold nothing
   */
  public LoadRule {
    if (gramsPerUnit < 1 || piecesPerUnit < 1 || cm3PerUnit < 1) {
      throw new IllegalArgumentException(
          "A unit must hold at least 1 g, 1 piece and 1 cm³ but holds "
              + gramsPerUnit
              + " g, "
              + piecesPerUnit
              + " pieces and "
              + cm3PerUnit
              + " cm³.");
    }
  }

  /** With the usual room. */
  public LoadRule(int gramsPerUnit, int piecesPerUnit) {
    this(gramsPerUnit, piecesPerUnit, USUAL_CM3);
  }

  static LoadRule of(IntakeSettings.Load load) {
    return new LoadRule(load.gramsPerUnit(), load.piecesPerUnit(), load.cm3PerUnit());
  }

  /** See {@link #units(GoodsTotals)}. */
  public int units(List<Item> items) {
    return units(GoodsTotals.of(items, null));
  }

  /**
   * By weight, by count or by size, whichever needs more; at least 1, possibly more than a box
   * holds.
   */
  public int units(GoodsTotals goods) {
    long units =
        Math.max(
            Math.max(steps(goods.grams(), gramsPerUnit), steps(goods.pieces(), piecesPerUnit)),
            steps(goods.volumeCm3(), cm3PerUnit));
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, units));
  }

  /**
   * The room goods take, as the merchant says or as worked out.
   *
   * @param field what to blame when they are too much
   * @throws Problem 422 {@code too-much-for-one-rider}
   */
  public int unitsForOneRider(GoodsTotals goods, String field) {
    // Whatever room the merchant says they take, nobody rides with more weight than a full box.
    if (goods.grams() > mostGrams()) {
      throw Problem.unprocessable(
          "too-much-for-one-rider",
          field,
          "The goods weigh "
              + goods.grams()
              + " g but a rider carries at most "
              + mostGrams()
              + " g; split them over several orders.");
    }
    boolean told = goods.loadUnits() != null;
    int units = told ? goods.loadUnits() : units(goods);
    if (units > CAPACITY) {
      throw Problem.unprocessable(
          "too-much-for-one-rider",
          told ? "loadUnits" : field,
          "The goods need "
              + units
              + " units of room but a rider's box has "
              + CAPACITY
              + "; split them over several orders.");
    }
    return units;
  }

  private static long steps(long whole, int step) {
    return (whole + step - 1) / step;
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
