package org.shanpai.order.box;

/**
 * What goods take up, or what something holds, in every measure that limits it.
 *
 * @param grams weight, 0 or more
 * @param pieces count, 0 or more
 * @param cubicCm volume, 0 or more; 0 where nobody tells
 */
public record Room(long grams, long pieces, long cubicCm) {

  static final Room NONE = new Room(0, 0, 0);

  /**
   * @throws IllegalArgumentException when one of them is negative
   */
  public Room {
    if (grams < 0 || pieces < 0 || cubicCm < 0) {
      throw new IllegalArgumentException(
          "Room cannot be negative: " + grams + " g, " + pieces + " pieces, " + cubicCm + " cm³.");
    }
  }

  public Room plus(Room other) {
    return new Room(grams + other.grams, pieces + other.pieces, cubicCm + other.cubicCm);
  }

  public Room times(long factor) {
    return new Room(grams * factor, pieces * factor, cubicCm * factor);
  }

  /** Whether this goes into {@code whole}. */
  public boolean fits(Room whole) {
    return grams <= whole.grams && pieces <= whole.pieces && cubicCm <= whole.cubicCm;
  }

  /** How many units of {@code unit} hold this, whichever measure needs most; at least 1. */
  public long units(Room unit) {
    return Math.max(
        Math.max(1, ceil(grams, unit.grams)),
        Math.max(ceil(pieces, unit.pieces), ceil(cubicCm, unit.cubicCm)));
  }

  /** The greatest share of {@code whole} that this takes in any measure, 1 for all of it. */
  double share(Room whole) {
    return Math.max(
        (double) grams / whole.grams,
        Math.max((double) pieces / whole.pieces, (double) cubicCm / whole.cubicCm));
  }

  /** The shares in all measures together. */
  double shares(Room whole) {
    return (double) grams / whole.grams
        + (double) pieces / whole.pieces
        + (double) cubicCm / whole.cubicCm;
  }

  static long ceil(long amount, long by) {
    return (amount + by - 1) / by;
  }
}
