package org.shanpai.order.intake;

import java.util.function.Predicate;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.order.orders.PromiseTier;

/**
 * What a quote and an order ask alike: from where to where, what, how soon. Well-formed, not yet
 * checked against the store and the city.
 *
 * @param merchantOrderNo null when none
 * @param told where the goods go, in the merchant's words
 * @param longestCarrySeconds from pickup to door at most; null for no limit
 * @param expectedReadySeconds from now, or from the release of a pre-booked order; null for the
 *     store's usual time
 * @param promiseSeconds null for the tier's usual promise
 * @param deliverBetween the window of a pre-booked order; null for as soon as possible
 */
public record Ask(
    StoreId storeId,
    String merchantOrderNo,
    Told told,
    GoodsTotals goods,
    Integer longestCarrySeconds,
    PromiseTier tier,
    Integer expectedReadySeconds,
    Integer promiseSeconds,
    TimeWindow deliverBetween) {

  /** A place and the system it was told in. */
  public record Told(ToldPlace place, CoordinateSystem system) {}

  /** The same for other goods. */
  Ask of(GoodsTotals others) {
    return new Ask(
        storeId,
        merchantOrderNo,
        told,
        others,
        longestCarrySeconds,
        tier,
        expectedReadySeconds,
        promiseSeconds,
        deliverBetween);
  }

  /** Where the goods go. */
  public GeoPoint dropoff() {
    return told.place().in(told.system());
  }

  /**
   * What to say besides of a drop-off that does not fit.
   *
   * @return a sentence after a space, or nothing
   */
  String hint(Predicate<GeoPoint> fits) {
    return told.place().hint(told.system(), fits).map(" "::concat).orElse("");
  }
}
