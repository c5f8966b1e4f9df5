package org.shanpai.order.intake;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.order.orders.Item;

/**
 * All the goods of an order together.
 *
 * @param pieces at least 1
 * @param volumeCm3 of the pieces whose size was told, cubic centimetres
 * @param loadUnits room in a rider's box as the merchant says; null to have it worked out
 * @param valueFen null when it was not told
 * @param needs equipment the carrier must have
 */
public record GoodsTotals(
    long grams, long pieces, long volumeCm3, Integer loadUnits, Long valueFen, Set<String> needs) {

  /** Of the lines of an order. */
  public static GoodsTotals of(List<Item> items, Integer loadUnits) {
    long pieces = 0;
    long volume = 0;
    Set<String> needs = new TreeSet<>();
    for (Item item : items) {
      pieces += item.quantity();
      volume += item.volumeCm3() == null ? 0 : (long) item.quantity() * item.volumeCm3();
      needs.addAll(item.needs());
    }
    return new GoodsTotals(
        LoadRule.grams(items), pieces, volume, loadUnits, LoadRule.valueFen(items), needs);
  }
}
