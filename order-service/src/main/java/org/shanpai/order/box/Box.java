package org.shanpai.order.box;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A packed box (箱).
 *
 * @param number from 1 through the whole purchase
 * @param units of a rider's box that it takes, rounded up
 * @param contents by line, each line at most once
 */
public record Box(int number, Climate climate, int units, long grams, List<Content> contents) {

  /**
   * Pieces of one line.
   *
   * @param item index of the line in the order, from 0
   * @param quantity pieces, at least 1
   */
  public record Content(int item, int quantity) {}

  /** The same box, its lines counted anew. */
  public Box renumbered(IntUnaryOperator line) {
    return new Box(
        number,
        climate,
        units,
        grams,
        contents.stream()
            .map(content -> new Content(line.applyAsInt(content.item()), content.quantity()))
            .toList());
  }
}
