package org.shanpai.order.orders;

import java.util.Set;

/**
 * One line of an order.
 *
 * @param quantity pieces, 1–999
 * @param valueFen value of one piece, fen
 * @param weightGrams weight of one piece
 * @param needs equipment the carrier must have for it, such as {@code COLD_BOX}
 */
public record Item(String name, int quantity, long valueFen, int weightGrams, Set<String> needs) {}
