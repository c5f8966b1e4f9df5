package org.shanpai.order.load;

/**
 * How busy an area of dispatch is (运力饱和度).
 *
 * @param load rider-minutes the open jobs need in the next 30 minutes ÷ those available; above 0.85
 *     tight, above 1 overloaded; null when nobody can tell
 * @param acceptP50Seconds from an order to its acceptance, every other is quicker; null without
 *     samples
 * @param acceptP80Seconds four of five are quicker; null without samples
 * @param samples orders behind them
 */
public record AreaLoad(
    Double load, Integer acceptP50Seconds, Integer acceptP80Seconds, int samples) {

  /** Nobody can tell. */
  public static final AreaLoad UNKNOWN = new AreaLoad(null, null, null, 0);
}
