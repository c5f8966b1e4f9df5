package org.shanpai.order.demand;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.DemandMissed;

/**
 * Somebody asked and was not served as the city means to.
 *
 * @param marks what names this wish, at least one: a wish any mark of which was told before is not
 *     told again
 * @param unless marks of the same wish asked in another way; it is not told either when any of them
 *     was told before, but they are not taken
 * @param door the customer's place; told on only after rounding
 * @param metres from store to door as the crow flies
 * @param promiseSeconds what was promised; null when nothing was
 * @param at city time
 */
public record Miss(
    List<String> marks,
    List<String> unless,
    StoreId storeId,
    AreaId areaId,
    GeoPoint door,
    DemandMissed.Reason reason,
    int metres,
    Integer promiseSeconds,
    Instant at) {

  /**
   * @throws IllegalArgumentException without a mark
   */
  public Miss {
    if (marks.isEmpty()) {
      throw new IllegalArgumentException("a miss needs a mark");
    }
  }

  /** Of a wish that is asked in one way only. */
  public Miss(
      List<String> marks,
      StoreId storeId,
      AreaId areaId,
      GeoPoint door,
      DemandMissed.Reason reason,
      int metres,
      Integer promiseSeconds,
      Instant at) {
    this(marks, List.of(), storeId, areaId, door, reason, metres, promiseSeconds, at);
  }

  /** The place to a thousandth of a degree, about 100 m: where, not who. */
  public static GeoPoint rounded(GeoPoint place) {
    return new GeoPoint(thousandth(place.lat()), thousandth(place.lon()));
  }

  private static double thousandth(double degrees) {
    return Math.round(degrees * 1000) / 1000.0;
  }
}
