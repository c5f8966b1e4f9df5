package org.shanpai.order.orders;

import java.util.Set;

/**
 * One line of an order.
 *
 * @param quantity pieces, 1–999
 * @param valueFen value of one piece, fen
 * @param weightGrams weight of one piece
 * @param needs equipment the carrier must have for it, such as {@code COLD_BOX}
 * @param category null when it was not told
 * @param sku the merchant's number of the article; null for none
 * @param size of one piece; null when it was not told
 * @param volumeCm3 of one piece, cubic centimetres; null when neither it nor the size was told
 * @param longestCarryMinutes from pickup to door at most; null for no limit
 * @param perishable disposed of, not brought back, when nobody takes it; null for no
 */
public record Item(
    String name,
    int quantity,
    long valueFen,
    int weightGrams,
    Set<String> needs,
    Category category,
    String sku,
    ItemSize size,
    Integer volumeCm3,
    Integer longestCarryMinutes,
    Boolean perishable) {

  /** An article of which no more is known. */
  public Item(String name, int quantity, long valueFen, int weightGrams, Set<String> needs) {
    this(name, quantity, valueFen, weightGrams, needs, null, null, null, null, null, null);
  }

  /** Another number of the same. */
  public Item of(int pieces) {
    return new Item(
        name,
        pieces,
        valueFen,
        weightGrams,
        needs,
        category,
        sku,
        size,
        volumeCm3,
        longestCarryMinutes,
        perishable);
  }
}
