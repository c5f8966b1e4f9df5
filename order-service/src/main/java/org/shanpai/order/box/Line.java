package org.shanpai.order.box;

import java.util.Set;

/**
 * One line of an order, as far as packing goes.
 *
 * @param quantity pieces, at least 1
 * @param grams weight of one piece
 * @param cubicCm volume of one piece; 0 where nobody tells
 * @param needs equipment the carrier must have for it
 */
public record Line(int quantity, long grams, long cubicCm, Set<String> needs) {

  Room piece() {
    return new Room(grams, 1, cubicCm);
  }
}
