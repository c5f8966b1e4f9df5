package org.shanpai.order.quote;

/**
 * What geo-service says of bringing goods from a store to a place.
 *
 * @param floorSeconds the shortest promise that can be kept, weather's extra apart; null when
 *     nobody can tell now
 * @param inDrawnRange whether the place lies in the polygon drawn for the store, which then counts
 *     instead of its radius
 * @param refusal why the place cannot be served; null when it can, or when nobody can tell now
 * @param roadMetres from store to door by road; null when nobody can tell now
 * @param travelSeconds the usual time for them; null when nobody can tell now
 * @param p80Seconds from the order, or its release, to the door: four of five are quicker; null
 *     when nobody can tell now
 */
public record DeliveryQuote(
    Integer floorSeconds,
    boolean inDrawnRange,
    Refusal refusal,
    Integer roadMetres,
    Integer travelSeconds,
    Integer p80Seconds) {

  /** Nothing is known: whoever asks goes by the city's usual promise. */
  public static final DeliveryQuote UNKNOWN =
      new DeliveryQuote(null, false, null, null, null, null);

  /** Why a place is not served. */
  public enum Refusal {
    /** Inside a no-go zone. */
    NO_GO,
    /** Outside the polygon the store delivers in. */
    OUTSIDE_DELIVERY_RANGE,
    /** No road leads there. */
    NO_WAY
  }
}
