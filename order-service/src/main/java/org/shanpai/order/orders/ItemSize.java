package org.shanpai.order.orders;

/**
 * The outside of one piece.
 *
 * @param lengthMm 1–5,000, as are the others; in any order, a piece may be turned
 */
public record ItemSize(int lengthMm, int widthMm, int heightMm) {

  /** Cubic centimetres, rounded up. */
  public long volumeCm3() {
    return ((long) lengthMm * widthMm * heightMm + 999) / 1000;
  }
}
