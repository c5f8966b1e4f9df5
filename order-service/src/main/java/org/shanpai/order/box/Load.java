package org.shanpai.order.box;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The boxes one rider carries.
 *
 * @param units of the rider's box that the goods take, 1–8
 * @param boxes at least one
 */
public record Load(int units, long grams, List<Box> boxes) {

  /**
   * Pieces of each line in this load, by the line's index; lines that are not in it are left out.
   */
  public Map<Integer, Integer> quantities() {
    Map<Integer, Integer> quantities = new TreeMap<>();
    for (Box box : boxes) {
      for (Box.Content content : box.contents()) {
        quantities.merge(content.item(), content.quantity(), Integer::sum);
      }
    }
    return quantities;
  }
}
